package org.stoa.stripe;

import com.stripe.param.CouponCreateParams;
import com.stripe.param.CouponListParams;
import com.stripe.param.PriceCreateParams;
import com.stripe.param.PriceListParams;
import com.stripe.param.PriceUpdateParams;
import com.stripe.param.ProductCreateParams;
import com.stripe.param.ProductListParams;
import com.stripe.param.ProductUpdateParams;
import com.stripe.param.PromotionCodeCreateParams;
import com.stripe.param.PromotionCodeListParams;
import com.stripe.param.PromotionCodeUpdateParams;
import java.util.ArrayList;
import java.util.List;

/** The addresses of what is sold, and of what makes it cheaper. */
final class CatalogRoutes {
    private CatalogRoutes() {}

    static List<Route> all() {
        var all = new ArrayList<Route>();
        all.addAll(products());
        all.addAll(prices());
        all.addAll(coupons());
        return all;
    }

    private static List<Route> products() {
        return List.of(
                Routes.post(
                        "/products",
                        ProductCreateParams.class,
                        "product",
                        "id name default_price_data metadata",
                        Catalog::createProduct),
                Routes.retrieve("/products/*", "product"),
                Routes.list("/products", ProductListParams.class, "product", "active"),
                Routes.post(
                        "/products/*",
                        ProductUpdateParams.class,
                        "product",
                        "default_price metadata",
                        c -> Catalog.update(c, "product")));
    }

    private static List<Route> prices() {
        return List.of(
                Routes.post(
                        "/prices",
                        PriceCreateParams.class,
                        "price",
                        "currency product product_data unit_amount unit_amount_decimal recurring metadata",
                        Catalog::createPrice),
                Routes.retrieve("/prices/*", "price"),
                Route.of(
                        "GET",
                        "/prices",
                        PriceListParams.class,
                        "price",
                        "lookup_keys",
                        Catalog::prices),
                Routes.post(
                        "/prices/*",
                        PriceUpdateParams.class,
                        "price",
                        "metadata",
                        c -> Catalog.update(c, "price")));
    }

    private static List<Route> coupons() {
        return List.of(
                Routes.post(
                        "/coupons",
                        CouponCreateParams.class,
                        "coupon",
                        "id percent_off amount_off currency duration duration_in_months redeem_by"
                                + " max_redemptions applies_to metadata",
                        Coupons::create),
                Routes.retrieve("/coupons/*", "coupon"),
                Routes.list("/coupons", CouponListParams.class, "coupon"),
                Route.of(
                        "DELETE",
                        "/coupons/*",
                        Routes.RETRIEVE,
                        "coupon",
                        "",
                        c -> Catalog.delete(c, "coupon")),
                Routes.post(
                        "/promotion_codes",
                        PromotionCodeCreateParams.class,
                        "promotion_code",
                        "promotion code customer expires_at max_redemptions restrictions metadata",
                        Coupons::createCode),
                Routes.retrieve("/promotion_codes/*", "promotion_code"),
                Routes.list(
                        "/promotion_codes",
                        PromotionCodeListParams.class,
                        "promotion_code",
                        "code",
                        "active",
                        "customer"),
                Routes.post(
                        "/promotion_codes/*",
                        PromotionCodeUpdateParams.class,
                        "promotion_code",
                        "metadata",
                        c -> Catalog.update(c, "promotion_code")));
    }
}
