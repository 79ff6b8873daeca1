/// The data plane: one proxy, at the edge or beside a service; the only room that holds connections of callers.
@NullMarked
package dev.ringwall.gateway;

import org.jspecify.annotations.NullMarked;
