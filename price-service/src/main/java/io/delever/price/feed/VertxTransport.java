package io.delever.price.feed;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.http.WebSocketFrame;
import java.net.URI;
import java.util.Arrays;
import java.util.Optional;

/**
 * Connections of Vert.x. To be used on one event loop only, which is the feed's thread. A server's
 * ping is answered by Vert.x.
 */
final class VertxTransport implements FeedTransport {
    private static final int FIRST_ROOM = 8_192;
    private static final int HTTPS = 443;
    private static final int HTTP = 80;

    private final WebSocketClient client;
    private final int messageBytes;

    /**
     * Opens connections with this client.
     *
     * @param messageBytes longest message that is taken
     */
    VertxTransport(WebSocketClient client, int messageBytes) {
        this.client = client;
        this.messageBytes = messageBytes;
    }

    @Override
    public void open(URI url, FeedListener listener) {
        ClientWebSocket socket = client.webSocket();
        Incoming incoming = new Incoming(listener, messageBytes);
        socket.frameHandler(incoming::frame);
        socket.pongHandler(answer -> listener.pong());
        socket.exceptionHandler(incoming::failed);
        socket.closeHandler(nothing -> incoming.closed(reason(socket)));
        socket.connect(options(url))
                .onSuccess(open -> listener.opened(new Open(open, incoming)))
                .onFailure(cause -> incoming.closed(words(cause)));
    }

    private static WebSocketConnectOptions options(URI url) {
        boolean secure = url.getScheme().equals("wss");
        String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
        int port = url.getPort() == -1 ? (secure ? HTTPS : HTTP) : url.getPort();
        return new WebSocketConnectOptions()
                .setHost(url.getHost())
                .setPort(port)
                .setSsl(secure)
                .setURI(path + query);
    }

    private static String reason(WebSocket socket) {
        Short code = socket.closeStatusCode();
        String words = socket.closeReason();
        return "closed"
                + (code == null ? " without a word" : " with " + code)
                + (words == null || words.isEmpty() ? "" : ": " + words);
    }

    private static String words(Throwable cause) {
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }

    private record Open(WebSocket socket, Incoming incoming) implements FeedConnection {
        @Override
        public void send(String text) {
            socket.writeTextMessage(text).onFailure(cause -> socket.close());
        }

        @Override
        public void ping() {
            socket.writePing(Buffer.buffer("delever")).onFailure(cause -> socket.close());
        }

        @Override
        public void close() {
            socket.close().onFailure(cause -> incoming.closed(words(cause)));
        }
    }

    /** Puts frames together; a message above the limit is thrown away while it comes. */
    private static final class Incoming {
        private final FeedListener listener;
        private final int limit;
        private byte[] bytes = new byte[FIRST_ROOM];
        private int length;
        private boolean text;
        private boolean overlong;
        private boolean isClosed;
        private Optional<String> failure = Optional.empty();

        Incoming(FeedListener listener, int limit) {
            this.listener = listener;
            this.limit = limit;
        }

        void frame(WebSocketFrame frame) {
            if (frame.isText() || frame.isBinary()) {
                text = frame.isText();
                length = 0;
                overlong = false;
            } else if (!frame.isContinuation()) {
                return;
            }
            add(frame.binaryData());
            if (frame.isFinal()) {
                message();
            }
        }

        private void add(Buffer part) {
            overlong |= length + part.length() > limit;
            if (overlong) {
                return;
            }
            if (length + part.length() > bytes.length) {
                int room = Math.max(length + part.length(), Math.min(limit, bytes.length * 2));
                bytes = Arrays.copyOf(bytes, room);
            }
            part.getBytes(0, part.length(), bytes, length);
            length += part.length();
        }

        private void message() {
            if (overlong) {
                listener.tooLarge();
            } else if (text) {
                listener.text(bytes, 0, length);
            } else {
                listener.binary();
            }
        }

        void failed(Throwable cause) {
            failure = Optional.of(words(cause));
        }

        void closed(String why) {
            if (!isClosed) {
                isClosed = true;
                listener.closed(failure.map(words -> why + "; " + words).orElse(why));
            }
        }
    }
}
