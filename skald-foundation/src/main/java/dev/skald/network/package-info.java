/** Opens listening sockets; a port so that tests bind loopback and choose free ports. */
@org.jspecify.annotations.NullMarked
package dev.skald.network;
