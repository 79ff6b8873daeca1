package dev.ringwall.spring.test;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;

/// `@As` with `MockMvc`.
@SpringBootTest(classes = Till.class)
@AutoConfigureMockMvc
@As("shopper")
@Tag("without-spring-security")
class AsWithMockMvcTest {

    @Autowired private MockMvc mvc;

    @Test
    void theClassSaysForWhomTheRequestIs() throws Exception {
        assertThat(body("/caller")).isEqualTo("test-caller [shopper]");
        assertThat(body("/principal")).isEqualTo("test-callertrue");
    }

    @Test
    @As(
            value = {"clerk", "auditor"},
            id = "acc1",
            operation = "orders.read")
    void theMethodCountsBeforeTheClass() throws Exception {
        assertThat(body("/caller")).isEqualTo("acc1 [auditor, clerk]");
        assertThat(body("/orders")).isEqualTo("orders");
    }

    @Test
    void anotherOperationIsRefused() throws Exception {
        assertThat(status("/orders")).isEqualTo(403);
    }

    @Test
    @As(id = "service:orders")
    void aServiceHasNoRoles() throws Exception {
        assertThat(body("/caller")).isEqualTo("service:orders");
    }

    @Test
    @As(value = "clerk", id = "-")
    void whatNoSidecarWouldSayIsRefused() throws Exception {
        assertThat(status("/caller")).isEqualTo(403);
    }

    @Test
    @As("ROLE_clerk")
    void aRoleThatNoDeclarationCanHaveIsRefused() throws Exception {
        assertThat(status("/caller")).isEqualTo(403);
    }

    @Test
    void aHeaderOfTheTestsOwnStays() throws Exception {
        assertThat(
                        mvc.perform(
                                        MockMvcRequestBuilders.get("/caller")
                                                .header("Ringwall-Entry", "guessed"))
                                .andReturn()
                                .getResponse()
                                .getStatus())
                .isEqualTo(403);
    }

    private String body(String path) throws Exception {
        return mvc.perform(MockMvcRequestBuilders.get(path))
                .andReturn()
                .getResponse()
                .getContentAsString();
    }

    private int status(String path) throws Exception {
        return mvc.perform(MockMvcRequestBuilders.get(path)).andReturn().getResponse().getStatus();
    }
}
