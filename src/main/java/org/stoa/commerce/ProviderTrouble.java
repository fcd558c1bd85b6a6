package org.stoa.commerce;

/** A provider of payments did not do what it was asked. */
public final class ProviderTrouble extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final boolean lasting;

    /**
     * @param lasting it would be refused again: something is wrong with the settings, or with what
     *     is asked
     */
    public ProviderTrouble(boolean lasting, String message, Throwable cause) {
        super(message, cause);
        this.lasting = lasting;
    }

    public ProviderTrouble(boolean lasting, String message) {
        super(message);
        this.lasting = lasting;
    }

    public boolean lasting() {
        return lasting;
    }
}
