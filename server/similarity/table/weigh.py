"""Finds the weights in src/score.rs by logistic regression, from what `evaluate --features FILE` wrote of the half that
is for tuning. Weights that say that more likeness makes twins less likely, or more contradiction more, are set to 0."""

import sys

import numpy as np

# What may be weighed in which direction: 1 up, -1 down, 0 either.
SIGNS = np.array([1, 1, 1, 1, 1, -1, 1, -1, 1, -1, -1, 0, 1, 1])


def fit(x, y, used, penalty=2.0):
    x = np.hstack([x[:, used], np.ones((len(x), 1))])
    weights = np.zeros(x.shape[1])
    ridge = np.diag([penalty] * len(used) + [0.0])
    for _ in range(60):
        chance = 1 / (1 + np.exp(-x @ weights))
        slope = x.T @ (y - chance) - ridge @ weights
        weights += np.linalg.solve(x.T * (chance * (1 - chance)) @ x + ridge, slope)
    return weights


def signed(x, y, allowed):
    used = list(allowed)
    while True:
        weights = fit(x, y, used)
        wrong = [at for at, feature in enumerate(used) if SIGNS[feature] * weights[at] < 0]
        if not wrong:
            break
        used.pop(max(wrong, key=lambda at: abs(weights[at])))
    full = np.zeros(x.shape[1] + 1)
    full[used], full[-1] = weights[:-1], weights[-1]
    return full


def main():
    rows = np.loadtxt(sys.argv[1], delimiter="\t")
    y, x = rows[:, 0], rows[:, 1:]
    allowed = [int(at) for at in sys.argv[2].split(",")] if len(sys.argv) > 2 else range(x.shape[1])
    weights = signed(x, y, allowed)
    print(", ".join(f"{weight:.3f}" for weight in weights))
    score = np.hstack([x, np.ones((len(x), 1))]) @ weights
    order = np.argsort(-score)
    right = np.cumsum(y[order]) / np.arange(1, len(y) + 1)
    print("average precision", (right * y[order]).sum() / y.sum())
    for chance in (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8):
        over = score > np.log(chance / (1 - chance))
        print(chance, "pairs", over.sum(), "right", y[over].mean().round(3), "found", (y[over].sum() / y.sum()).round(3))


if __name__ == "__main__":
    main()
