package dev.ringwall.identity;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// A house for each test at which programs register themselves by invitation.
abstract class RegistrationHouse {

    @TempDir Path folder;
    House house;
    Registering programs;

    @BeforeEach
    final void open() {
        house = House.in(folder);
        house.blueprint.set(House.declared(House.SHOP + Registering.INVITED));
        programs = Registering.at(house);
    }

    @AfterEach
    final void close() {
        house.close();
    }

    /// What becomes of a good program that says this as well.
    final HttpResponse<String> saying(String member, Object value) {
        Map<String, Object> says = Registering.page();
        says.put(member, value);
        return register(says);
    }

    /// What becomes of that program, which was invited.
    final HttpResponse<String> register(Map<String, Object> says) {
        return programs.register(says, programs.invitation(1));
    }
}
