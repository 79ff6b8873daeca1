package dev.ringwall.attack;

import java.security.KeyPair;

/// What was stolen of somebody who had signed in, and beside it the key that the tokens are bound to, which was not.
record Stolen(LoginFlow flow, KeyPair key, String token, String refresh) {
    @Override
    public String toString() {
        return "Stolen[…]";
    }
}
