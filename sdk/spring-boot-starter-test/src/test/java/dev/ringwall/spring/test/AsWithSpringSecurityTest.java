package dev.ringwall.spring.test;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// `@As` where `@PreAuthorize` decides.
@SpringBootTest(classes = AsWithSpringSecurityTest.Desk.class)
@AutoConfigureMockMvc
class AsWithSpringSecurityTest {

    @Autowired private MockMvc mvc;

    @EnableAutoConfiguration
    @RestController
    static class Desk {

        @GetMapping("/clerks")
        @PreAuthorize("hasRole('clerk')")
        String clerks() {
            return "for clerks";
        }
    }

    @Test
    @As("clerk")
    void whoHasTheRoleComesIn() throws Exception {
        assertThat(status()).isEqualTo(200);
    }

    @Test
    @As("shopper")
    void whoHasItNotDoesNot() throws Exception {
        assertThat(status()).isEqualTo(403);
    }

    @Test
    @As(id = "-")
    void anyoneIsAskedWhoTheyAre() throws Exception {
        assertThat(status()).isEqualTo(401);
    }

    private int status() throws Exception {
        return mvc.perform(MockMvcRequestBuilders.get("/clerks"))
                .andReturn()
                .getResponse()
                .getStatus();
    }
}
