package dev.ringwall.reading;

/// The shop of the design, as far as this version enforces it.
final class Shop {

    static final String TEXT =
            """
            # yaml-language-server: $schema=https://ringwall.dev/schema/ringwall-1.json
            ringwall: 1
            system: shop
            domain: shop.example.com
            standards: [pci-dss-4.0.1, gdpr]

            data:
              product: { class: public }
              order:   { class: internal,   keep: 7y }
              contact: { class: personal,   keep: 2y, fields: [email, address], purpose: delivery }
              card:    { class: cardholder, keep: never, fields: [pan, cvc] }

            roles:
              shopper:   { login: password, session: 8h }
              clerk:     { login: password, session: 30m }
              warehouse: { login: api-key, rotate: 90d, from: [203.0.113.0/24], limit: 5000/day }

            services:
              catalog:
                run: java -jar catalog.jar
                stores: { postgres: [product] }
                operations:
                  list: { http: GET /products,         allow: anyone, returns: [product], limit: 300/min per address }
                  edit: { http: "PUT /products/{sku}", allow: clerk,  accepts: [product] }
              orders:
                run: java -jar orders.jar
                stores: { postgres: [order, contact] }
                operations:
                  place: { http: POST /orders, allow: shopper, accepts: [order, contact, card], limit: 10/min per caller }
                  read:  { http: "GET /orders/{id}", allow: [shopper, clerk], returns: [order, contact],
                           when: "caller.has('clerk') || response.owner == caller.id" }
                  ship:  { http: "POST /orders/{id}/ship", allow: warehouse, accepts: [order] }
                calls: [catalog.list, payments.charge]
              payments:
                run: java -jar payments.jar
                operations:
                  charge: { http: POST /charges, accepts: [order, card] }
                calls: [stripe.charge]

            third-parties:
              stripe:
                url: https://api.stripe.com
                credential: { secret: stripe-key, as: bearer, rotate: 180d }
                operations: { charge: { http: POST /v1/payment_intents, accepts: [order, card], limit: 50/s } }
                contract: { role: processor, agreement: legal/stripe-dpa.pdf, review: 2027-01-31 }

            audit:    { keep: 13mo }
            accepted-risks:
              - { risk: catalog.list/flooding, because: public and cached, by: ana@shop.example.com, until: 2027-06-30 }
            """;

    private Shop() {}
}
