"""What is asked of Shopify. The sizes of the lists keep every query below the 1,000 points that a single one may cost."""

from typing import Final

_MONEY: Final = "{ presentmentMoney { amount } }"
_ADDRESS: Final = "firstName lastName address1 address2 city provinceCode zip countryCodeV2"
_TRANSACTION: Final = f"""id kind status createdAt gateway accountNumber amountSet {_MONEY} parentTransaction {{ id }}
  paymentDetails {{ __typename ... on CardPaymentDetails {{ company number }} }}"""

LINES: Final = 20
PARCELS: Final = 5
RETURNS: Final = 3
TRANSACTIONS: Final = 15

_ORDER: Final = f"""
  id name createdAt email note edited taxesIncluded presentmentCurrencyCode
  cancelledAt cancellation {{ staffNote }} displayFulfillmentStatus
  customer {{ id firstName lastName defaultEmailAddress {{ emailAddress }} }}
  shippingAddress {{ {_ADDRESS} }}
  billingAddress {{ {_ADDRESS} }}
  totalPriceSet {_MONEY}
  shippingLines(first: 3) {{ nodes {{ discountedPriceSet {_MONEY} taxLines {{ priceSet {_MONEY} }} }} }}
  lineItems(first: {LINES}) {{
    pageInfo {{ hasNextPage }}
    nodes {{
      id title quantity currentQuantity product {{ id }} variant {{ id selectedOptions {{ name value }} }}
      originalTotalSet {_MONEY} discountAllocations {{ allocatedAmountSet {_MONEY} }} taxLines {{ priceSet {_MONEY} }}
    }}
  }}
  transactions(first: {TRANSACTIONS}) {{ {_TRANSACTION} }}
  fulfillments(first: {PARCELS}) {{
    status displayStatus createdAt inTransitAt deliveredAt estimatedDeliveryAt
    trackingInfo(first: 1) {{ company number url }}
    events(first: 10) {{ nodes {{ status happenedAt city message }} }}
    fulfillmentLineItems(first: {LINES}) {{ nodes {{ id quantity lineItem {{ id }} }} }}
  }}
  returns(first: {RETURNS}) {{
    nodes {{
      status createdAt exchangeLineItems(first: 1) {{ nodes {{ id }} }}
      returnLineItems(first: {LINES}) {{
        nodes {{ ... on ReturnLineItem {{ quantity returnReasonNote fulfillmentLineItem {{ lineItem {{ id }} }} }} }}
      }}
    }}
  }}
"""

_CUSTOMER: Final = f"""
  id firstName lastName defaultEmailAddress {{ emailAddress }} defaultAddress {{ {_ADDRESS} }}
  orders(first: 20, sortKey: CREATED_AT, reverse: true) {{ nodes {{ transactions(first: 5) {{ {_TRANSACTION} }} }} }}
"""

GET_ORDER: Final = f"query GetOrder($id: ID!) {{ order(id: $id) {{ {_ORDER} }} }}"
FIND_ORDERS: Final = f"query FindOrders($query: String!) {{ orders(first: 1, query: $query) {{ nodes {{ {_ORDER} }} }} }}"
LIST_ORDERS: Final = """query ListOrders($query: String!, $first: Int!) {
  orders(first: $first, query: $query, sortKey: CREATED_AT, reverse: true) { nodes { id } }
}"""
LIST_BASKETS: Final = """query ListBaskets($after: String) {
  orders(first: 25, after: $after, query: "-status:cancelled", sortKey: CREATED_AT, reverse: true) {
    pageInfo { hasNextPage endCursor }
    nodes { cancelledAt lineItems(first: 15) { nodes { product { id } } } }
  }
}"""

GET_CUSTOMER: Final = f"query GetCustomer($id: ID!) {{ customer(id: $id) {{ {_CUSTOMER} }} }}"
LIST_CUSTOMERS: Final = """query ListCustomers($query: String, $first: Int!) {
  customers(first: $first, query: $query) { nodes { id } }
}"""

CATALOGUE_VERSION: Final = """query CatalogueVersion {
  productsCount(query: "status:active") { count }
  products(first: 1, sortKey: UPDATED_AT, reverse: true) { nodes { updatedAt } }
}"""
LIST_PRODUCTS: Final = """query ListProducts($after: String) {
  products(first: 5, after: $after, query: "status:active") {
    pageInfo { hasNextPage endCursor }
    nodes {
      id title productType vendor description tags onlineStoreUrl featuredMedia { preview { image { url } } }
      variants(first: 40) {
        nodes { id price availableForSale inventoryQuantity inventoryPolicy inventoryItem { tracked } selectedOptions { name value } }
      }
    }
  }
  shop { currencyCode }
}"""

CANCEL_ORDER: Final = """mutation CancelOrder(
  $orderId: ID!, $reason: OrderCancelReason!, $restock: Boolean!, $refundMethod: OrderCancelRefundMethodInput!,
  $notifyCustomer: Boolean, $staffNote: String
) {
  orderCancel(
    orderId: $orderId, reason: $reason, restock: $restock, refundMethod: $refundMethod, notifyCustomer: $notifyCustomer,
    staffNote: $staffNote
  ) { job { id done } orderCancelUserErrors { code message } }
}"""
CREATE_RETURN: Final = """mutation CreateReturn($returnInput: ReturnInput!) {
  returnCreate(returnInput: $returnInput) { return { id status } userErrors { code message } }
}"""
UPDATE_ORDER: Final = """mutation UpdateOrder($input: OrderInput!) {
  orderUpdate(input: $input) { order { id } userErrors { message } }
}"""
