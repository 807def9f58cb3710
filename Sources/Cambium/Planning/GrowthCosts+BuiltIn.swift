extension GrowthCosts {
  public static let builtIn = GrowthCosts(
    threads: 2, onOne: [:], onAll: [:], keptShare: 0.7, encoding: 1e-7, residual: 0)
}
