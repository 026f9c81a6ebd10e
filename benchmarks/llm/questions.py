"""Questions in our own words that the shipped articles answer; none is among the audited ones."""

QUESTIONS = [
    "how much does standard delivery cost and when is it free",
    "i ordered a week ago, how long may i still return things",
    "can i pay with a gift card and a credit card together",
    "what happens when nobody is at home for the parcel",
    "do i get the delivery fee back when i return something",
    "how do pine points work and how long are they valid",
    "what does the warranty cover and what not",
    "my refund is late, what should i check first",
]
_ASKS = ["could you tell me {}", "i would like to know {}", "quick one: {}", "my question is {}", "do you know {}", "tell me {} please"]
_COSTS = [
    "what standard delivery costs",
    "how much i pay for standard delivery",
    "what the price of standard delivery is",
    "what you charge for standard delivery",
    "how expensive standard delivery is",
    "what standard delivery of one order costs me",
]
_HELLOS = ["", "hi, ", "hello, ", "hey there, ", "good morning, "]
_ENDS = ["", " in euros", " to my home"]
DELIVERY = [hello + ask.format(cost) + end for hello in _HELLOS for ask in _ASKS for cost in _COSTS for end in _ENDS]
"""Many wordings of one question, so that nothing is remembered from one chat to the next."""
SPOKEN = [
    "Standard delivery costs 4.90 EUR.",
    "Standard delivery is free for orders from 60 EUR.",
    "Standard delivery takes 3 to 5 business days.",
    "Express delivery takes 1 to 2 business days.",
    "You pay for delivery only once per order.",
    "Express delivery costs 9.90 EUR, whatever the value of the order, and goes to Germany, Austria and the Netherlands only.",
]
"""What the loopback server says: sentences of the articles, so that each passes the checks or fails them on the merits."""
