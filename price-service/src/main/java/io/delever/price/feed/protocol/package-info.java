/**
 * The venues' protocols as pure functions: what to send, and what a received message means. No
 * clock, no thread, no network; nothing here throws for what a venue sends.
 */
@NullMarked
package io.delever.price.feed.protocol;

import org.jspecify.annotations.NullMarked;
