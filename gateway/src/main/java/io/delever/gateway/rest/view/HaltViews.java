package io.delever.gateway.rest.view;

import io.delever.contracts.price.v1.HoldChange;
import io.delever.gateway.rest.json.Timestamp;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Halts of instruments. */
public final class HaltViews {
    private HaltViews() {}

    /** Why an instrument is halted or resumed. */
    @Schema(requiredProperties = {"reason"})
    public record HaltRequest(
            @Schema(
                            description = "1 to 256 characters, for the record.",
                            examples = {"one venue printed half the price"})
                    String reason) {}

    /** What was stored first under the Idempotency-Key. */
    public record HaltView(
            @Schema(examples = {"BTC-PERP"}) String instrumentId,
            @Schema(description = "True for a halt, false for its end.") boolean halted,
            String reason,
            @Schema(description = "When it was received first.") Optional<Timestamp> receivedAt) {

        /** From the wire. */
        public static HaltView of(HoldChange change) {
            return new HaltView(
                    change.getInstrumentId(),
                    change.getHalted(),
                    change.getReason(),
                    Timestamp.ofNonZero(change.getReceivedAtNanos()));
        }
    }
}
