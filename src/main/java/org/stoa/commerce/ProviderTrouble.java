package org.stoa.commerce;

import org.jspecify.annotations.Nullable;

/** A provider of payments did not do what it was asked. */
public final class ProviderTrouble extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final boolean lasting;
    private final boolean ofTax;

    /**
     * @param lasting it would be refused again: something is wrong with the settings, or with what
     *     is asked
     */
    public ProviderTrouble(boolean lasting, String message, @Nullable Throwable cause) {
        this(lasting, false, message, cause);
    }

    public ProviderTrouble(boolean lasting, String message) {
        this(lasting, false, message, null);
    }

    private ProviderTrouble(
            boolean lasting, boolean ofTax, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.lasting = lasting;
        this.ofTax = ofTax;
    }

    /** The same, of which is known that the tax could not be reckoned. */
    public ProviderTrouble aboutTax() {
        return new ProviderTrouble(lasting, true, String.valueOf(getMessage()), getCause());
    }

    public boolean lasting() {
        return lasting;
    }

    /** It was only the tax that it could not reckon. */
    public boolean ofTax() {
        return ofTax;
    }
}
