/// One question: may this call happen, and which line of the declaration says so?
@NullMarked
package dev.ringwall.policy;

import org.jspecify.annotations.NullMarked;
