"""One sentence for those who write in another language: English only here, and a person is in reach."""

from actions.reply import Reply, button
from actions.turn import Turn

# The sentence, and the words on the button.
LINES = {
    "de": ("Leider kann ich nur auf Englisch helfen. Soll ich Sie mit einer Person verbinden?", "Mit einer Person sprechen"),
    "fr": ("Je ne peux malheureusement aider qu'en anglais. Voulez-vous parler à une personne ?", "Parler à une personne"),
    "es": ("Lo siento, solo puedo ayudar en inglés. ¿Quiere hablar con una persona?", "Hablar con una persona"),
    "it": ("Mi dispiace, posso aiutare solo in inglese. Vuole parlare con una persona?", "Parlare con una persona"),
    "nl": ("Helaas kan ik alleen in het Engels helpen. Wilt u met een medewerker spreken?", "Met een medewerker spreken"),
    "pt": ("Infelizmente só posso ajudar em inglês. Quer falar com uma pessoa?", "Falar com uma pessoa"),
    "sv": ("Tyvärr kan jag bara hjälpa till på engelska. Vill du prata med en person?", "Prata med en person"),
    "da": ("Desværre kan jeg kun hjælpe på engelsk. Vil du tale med en person?", "Tal med en person"),
    "no": ("Jeg kan dessverre bare hjelpe på engelsk. Vil du snakke med en person?", "Snakk med en person"),
    "fi": ("Valitettavasti voin auttaa vain englanniksi. Haluatko puhua ihmisen kanssa?", "Puhu ihmisen kanssa"),
    "pl": ("Niestety mogę pomóc tylko po angielsku. Czy chce Pan/Pani porozmawiać z człowiekiem?", "Porozmawiaj z człowiekiem"),
    "cs": ("Bohužel mohu pomoci pouze v angličtině. Chcete mluvit s člověkem?", "Mluvit s člověkem"),
    "tr": ("Üzgünüm, yalnızca İngilizce yardımcı olabiliyorum. Bir kişiyle görüşmek ister misiniz?", "Bir kişiyle görüş"),
}
ENGLISH = ("Sorry, I can only help in English. Shall I get a person for you?", "Talk to a person")


def foreign_reply(turn: Turn) -> Reply | None:
    """Answer a message that the gateway found to be in another language, or None where it is English."""
    language = str(turn.metadata.get("language") or "en")[:2].lower()
    if language == "en" or turn.request.pressed or turn.intent == "request_human":
        return None
    text, title = LINES.get(language, ENGLISH)
    return Reply(text, buttons=[button(title, "request_human")], offer="request_human")
