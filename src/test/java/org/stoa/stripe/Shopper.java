package org.stoa.stripe;

/**
 * Who stands at the checkout, as far as they type it in.
 *
 * @param country two letters; taxes go by it
 * @param promotionCode empty for none
 */
public record Shopper(String email, String name, String country, String promotionCode) {
    public static Shopper of(String email) {
        return new Shopper(email, "Jenny Rosen", "DE", "");
    }

    public Shopper in(String country) {
        return new Shopper(email, name, country, promotionCode);
    }

    public Shopper with(String promotionCode) {
        return new Shopper(email, name, country, promotionCode);
    }
}
