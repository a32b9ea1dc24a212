package io.delever.margin.grpc;

import io.delever.engine.account.AccountId;
import io.delever.margin.core.AccountPage;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/** Places in a list as opaque page tokens. */
final class PageTokens {
    private static final String SEPARATOR = " ";

    private PageTokens() {}

    static String encode(AccountPage.Order order, AccountPage.Place place) {
        String text =
                String.join(
                        SEPARATOR,
                        order.name(),
                        Boolean.toString(place.hasRatio()),
                        Long.toString(place.adjustedEquityE8()),
                        Long.toString(place.maintenanceMarginE8()),
                        place.account().value());
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The place of a token; empty for the empty token. */
    static Optional<AccountPage.Place> decode(AccountPage.Order order, String token) {
        if (token.isEmpty()) {
            return Optional.empty();
        }
        try {
            String[] parts =
                    new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8)
                            .split(SEPARATOR, -1);
            long maintenanceMargin = Long.parseLong(parts[3]);
            if (parts.length != 5 || !parts[0].equals(order.name()) || maintenanceMargin <= 0) {
                throw new IllegalArgumentException("not a token of this list");
            }
            return Optional.of(
                    new AccountPage.Place(
                            Boolean.parseBoolean(parts[1]),
                            Long.parseLong(parts[2]),
                            maintenanceMargin,
                            new AccountId(parts[4])));
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            throw new MalformedException(
                    "MALFORMED",
                    "page_token is not one that this list has given",
                    Map.of("value", token.length() > 64 ? token.substring(0, 64) : token));
        }
    }
}
