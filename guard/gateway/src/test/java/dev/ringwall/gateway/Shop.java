package dev.ringwall.gateway;

/// The declaration that most tests of this room guard.
final class Shop {

    static final String YAML =
            """
            ringwall: 1
            system: shop
            data:
              product: { class: public }
              order:   { class: internal }
              contact: { class: personal }
            roles:
              shopper:   { login: password }
              clerk:     { login: password }
              robot:     { login: client }
              warehouse: { login: api-key, from: [127.0.0.0/16] }
            services:
              catalog:
                run: java -jar catalog.jar
                stores: { postgres: [product] }
                operations:
                  list:   { http: GET /products, allow: anyone, returns: [product] }
                  search: { http: GET /products/search, allow: anyone, returns: [product] }
                  edit:   { http: "PUT /products/{sku}", allow: clerk, accepts: [product] }
                  upload: { http: POST /pictures, allow: anyone, accepts: [product] }
              orders:
                run: java -jar orders.jar
                stores: { postgres: [order, contact] }
                operations:
                  place: { http: POST /orders, allow: [shopper, robot], accepts: [order, contact] }
                  read:  { http: "GET /orders/{id}", allow: [shopper, clerk], returns: [order, contact],
                           when: "caller.has('clerk') || response.owner == caller.id" }
                  ship:  { http: "POST /orders/{id}/ship", allow: warehouse, accepts: [order] }
                calls: [catalog.list, payments.charge]
              payments:
                run: java -jar payments.jar
                operations:
                  charge: { http: POST /charges, accepts: [order] }
            """;

    private Shop() {}
}
