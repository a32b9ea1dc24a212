/** The SentimentService as others call it. */
@NullMarked
package io.delever.sentiment.grpc;

import org.jspecify.annotations.NullMarked;
