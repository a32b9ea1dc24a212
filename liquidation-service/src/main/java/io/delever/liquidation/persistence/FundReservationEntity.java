package io.delever.liquidation.persistence;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** Money the fund holds now. Written by {@link PostgresCaseStore}. */
@Entity
@Table(name = "fund_reservation")
public class FundReservationEntity extends PanacheEntityBase {
    /** Chosen by the case. */
    @Id
    @Column(name = "reservation_id", length = 80)
    public String reservationId;

    /** The asset. */
    @Column(name = "asset_id", nullable = false, length = 64)
    public String assetId;

    /** Money × 10⁸, greater than 0. */
    @Column(name = "amount_e8", nullable = false)
    public long amountE8;
}
