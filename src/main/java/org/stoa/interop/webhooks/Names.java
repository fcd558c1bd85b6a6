package org.stoa.interop.webhooks;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Asks for the addresses of a name; tests answer themselves. */
interface Names {
    InetAddress[] addresses(String host) throws UnknownHostException;
}
