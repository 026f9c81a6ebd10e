"""The table of the benchmark, and its last line."""

from typing import Any, NamedTuple

Figures = dict[str, Any]


class Line(NamedTuple):
    part: str
    figure: str
    target: str
    elsewhere: str


_LINES = [
    Line("banking77", "accuracy", ">= .940", ".9366 BERT-large tuned, .9336 USE+ConveRT; .9140 tf-idf + SVM"),
    Line("clinc150", "in_scope", ">= .940", ".909 Rasa, .962 BERT, .935 MLP; .928 SVM"),
    Line("clinc150", "oos_recall", ">= .80", ".312 Rasa, .523 BERT, .474 MLP; .187 SVM"),
    Line("hwu64", "accuracy", ">= .920", "about .89-.90 DIET (ten folds); .8857 SVM on this fold"),
    Line("hwu64", "entity_f1", ">= .720", "about .86-.87 DIET (ten folds)"),
    Line("sofmattress", "accuracy", ">= .710", ".713 Dialogflow, .695 BERT, .637 Rasa at their best thresholds; .693 tf-idf + LR"),
    Line("shipped_bot", "accuracy", "", "on sentences kept apart from its training data, always answered"),
    Line("shipped_bot", "accuracy_with_refusals", "", "the same, a refusal counted as wrong"),
    Line("shipped_bot", "entity_f1", "", "on the same sentences"),
    Line("shipped_bot", "off_topic_refused", "", "of sentences that are none of a shop's business"),
]
_RATIOS = {"parse_p50_ratio": "parse_p50_ms", "train_ratio": "train_s", "rss_ratio": "rss_mb"}


def print_table(figures: Figures) -> None:
    """Print ours beside the targets and what others published."""
    print(f"{'set':<12}{'figure':<24}{'ours':>7}  {'target':<9}published or computed elsewhere")
    for line in _LINES:
        if line.part in figures:
            print(f"{line.part:<12}{line.figure:<24}{figures[line.part][line.figure]:>7.4f}  {line.target:<9}{line.elsewhere}")
    print()
    for name in ("banking77", "clinc150", "hwu64", "sofmattress"):
        if name in figures:
            cost = figures[name]
            print(f"{name:<12}train {cost['train_s']:.0f} s, parse p50 {cost['parse_p50_ms']:.1f} ms, memory {cost['rss_mb']:.0f} MB")
    if "shipped_bot" in figures:
        _print_starter(figures["shipped_bot"])


def _print_starter(figures: Figures) -> None:
    print(f"\nbeside Rasa's starter pipeline (DIET), on the shipped bot's data{'ours':>12}{'DIET':>9}{'ratio':>8}")
    understood = figures["starter_understanding"]
    print(f"{'accuracy on the sentences kept apart, always answered':<62}{figures['accuracy']:>12.3f}{understood['accuracy']:>9.3f}")
    print(f"{'entity F1 on them':<62}{figures['entity_f1']:>12.3f}{understood['entity_f1']:>9.3f}")
    for name, title in (("parse_p50_ms", "parse p50, ms"), ("train_s", "training, s"), ("rss_mb", "memory, MB")):
        ours, starter = figures[name]["ours"], figures[name]["starter"]
        print(f"{title:<62}{ours:>12.1f}{starter:>9.1f}{ours / starter:>8.2f}")


def summary(figures: Figures) -> Figures:
    """Give what the last line holds: every figure, and the ratios to the starter pipeline."""
    result = {name: _rounded(part) for name, part in figures.items()}
    for ratio, name in _RATIOS.items():
        if "shipped_bot" in figures:
            both = figures["shipped_bot"][name]
            result[ratio] = round(both["ours"] / both["starter"], 3)
    return result


def _rounded(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _rounded(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_rounded(one) for one in value]
    return round(value, 4) if isinstance(value, float) else value
