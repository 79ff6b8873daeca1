package dev.ringwall.spring.test;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;

/// `@As` in a test of the web layer alone: the filter is there as well.
@WebMvcTest(Till.class)
@Tag("without-spring-security")
class AsInASliceTest {

    @Autowired private MockMvc mvc;

    @Test
    @As("shopper")
    void theSliceHasTheCaller() throws Exception {
        assertThat(
                        mvc.perform(MockMvcRequestBuilders.get("/caller"))
                                .andReturn()
                                .getResponse()
                                .getContentAsString())
                .isEqualTo("test-caller [shopper]");
    }

    @Test
    void theSliceHasTheDoor() throws Exception {
        assertThat(
                        mvc.perform(MockMvcRequestBuilders.get("/caller"))
                                .andReturn()
                                .getResponse()
                                .getStatus())
                .isEqualTo(403);
    }
}
