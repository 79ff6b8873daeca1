package dev.ringwall.checks.sample.command;

final class Prints {

    void answer() {
        System.out.println("fine");
    }
}
