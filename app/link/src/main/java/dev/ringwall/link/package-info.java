/// What the control plane and the nodes say to each other.
@NullMarked
package dev.ringwall.link;

import org.jspecify.annotations.NullMarked;
