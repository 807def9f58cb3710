extension GrowthCosts {
  /// Those of the machine that Cambium was developed on: two cores of an Intel Xeon with AVX-512, measured on 2026-11-26.
  public static let builtIn = GrowthCosts(
    threads: 2,
    onOne: [
      "judging": 2.06e-10,
      "looking": 6.19e-09,
      "passing": 9.3e-09,
      "ranking": 2.21e-09,
      "refitting": 1.14e-08,
      "round": 0.00157,
      "solving": 1.13e-10,
      "training": 5.57e-11,
      "tuning": 5.28e-11,
      "tuningSingle": 3.76e-11,
    ],
    onAll: [
      "looking": 4.92e-09,
      "passing": 7.23e-09,
      "ranking": 1.76e-09,
      "refitting": 7.19e-09,
      "round": 0.00152,
      "solving": 1.75e-10,
      "training": 3.7e-11,
      "tuning": 3.19e-11,
      "tuningSingle": 1.9e-11,
    ],
    keptShares: [
      0.07, 0.09, 0.11, 0.30, 0.35, 0.36, 0.52, 0.42, 0.38, 0.44, 0.52, 0.56, 0.53, 0.49, 0.51, 0.54,
      0.52, 0.50, 0.47, 0.56,
    ],
    encoding: 2.58e-08, residual: 0.192)
}
