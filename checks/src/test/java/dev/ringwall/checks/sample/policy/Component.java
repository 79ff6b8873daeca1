package dev.ringwall.checks.sample.policy;

@org.springframework.stereotype.Component
final class Component {}
