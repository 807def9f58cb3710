// Written by scripts/reference-statistics: what other programs say of the same numbers.
// Python 3.11.7, numpy 2.4.6, scipy 1.17.1, mpmath 1.4.1, statsmodels 0.15.0, scikit-posthocs 0.17.1, baycomp 1.0.3.

enum References {
  /// Scores of four learners on 14 data sets, after table 6 of Demšar 2006 but not digit for digit, the higher the better.
  static let scores: [[Double]] = [
    [0.763, 0.768, 0.771, 0.798],
    [0.599, 0.591, 0.59, 0.569],
    [0.954, 0.971, 0.968, 0.967],
    [0.628, 0.661, 0.654, 0.657],
    [0.882, 0.888, 0.886, 0.898],
    [0.936, 0.931, 0.916, 0.931],
    [0.661, 0.668, 0.609, 0.685],
    [0.583, 0.583, 0.563, 0.625],
    [0.775, 0.838, 0.866, 0.875],
    [1.0, 1.0, 1.0, 1.0],
    [0.94, 0.962, 0.965, 0.962],
    [0.619, 0.666, 0.614, 0.669],
    [0.972, 0.981, 0.975, 0.975],
    [0.957, 0.978, 0.946, 0.97],
  ]
  /// A skewed sample.
  static let sample: [Double] = [1.2, 3.4, 2.2, 5.1, 4.4, 0.7, 2.9, 9.3, 1.1, 2.6]
  /// scipy.stats.rankdata(-row), averaged.
  static let averageRanks: [Double] = [3.142857142857143, 2.0, 2.9285714285714284, 1.9285714285714286]
  /// scipy.stats.friedmanchisquare(*scores.T): statistic, pvalue.
  static let friedman: [Double] = [10.952380952380956, 0.011986176325417788]
  /// F = (n - 1) chi2 / (n (k - 1) - chi2) of that, and scipy.stats.f.sf(F, k - 1, (k - 1)(n - 1)).
  static let imanDavenport: [Double] = [4.585889570552149, 0.007628838730725745]
  /// scikit_posthocs.posthoc_nemenyi_friedman(scores), above the diagonal.
  static let nemenyi: [Double] = [
    0.08867270928888271, 0.9716864713022134, 0.06168325891240056, 0.22669688602641525, 0.9988823439818528,
    0.17005163566434356,
  ]
  /// scipy.stats.wilcoxon(a - b, method=PermutationMethod(n_resamples=inf)) of each pair.
  static let wilcoxon: [Double] = [
    0.00732421875, 0.8779296875, 0.012451171875, 0.05712890625, 0.353515625, 0.02197265625,
  ]
  /// statsmodels multipletests(wilcoxon, method="holm").
  static let holm: [Double] = [
    0.0439453125, 0.8779296875, 0.062255859375, 0.17138671875, 0.70703125, 0.087890625,
  ]
  /// statsmodels multipletests(wilcoxon, method="simes-hochberg").
  static let hochberg: [Double] = [
    0.0439453125, 0.8779296875, 0.062255859375, 0.17138671875, 0.70703125, 0.087890625,
  ]
  /// Eight probabilities to correct.
  static let probabilities: [Double] = [0.031, 0.004, 0.2, 0.031, 0.9, 0.0007, 0.06, 0.012]
  /// statsmodels multipletests(probabilities, method="holm").
  static let probabilitiesByHolm: [Double] = [
    0.155, 0.028, 0.4, 0.155, 0.9, 0.0056, 0.18, 0.07200000000000001,
  ]
  /// statsmodels multipletests(probabilities, method="simes-hochberg").
  static let probabilitiesByHochberg: [Double] = [
    0.124, 0.028, 0.4, 0.124, 0.9, 0.0056, 0.18, 0.07200000000000001,
  ]
  /// scipy.stats.binomtest(wins, wins + losses, 0.5) of each pair.
  static let sign: [Double] = [0.03857421875, 1.0, 0.0224609375, 0.09228515625, 1.0, 0.14599609375]
  /// scipy.stats.binomtest: 40 of 100, 700 of 1500, 0 of 30.
  static let signsOfMany: [Double] = [0.05688793364098089, 0.010559255466711506, 1.862645149230957e-09]
  /// scipy.stats.mannwhitneyu(a, b).statistic / (len(a) len(b)) of each pair.
  static let a12: [Double] = [
    0.44642857142857145, 0.49744897959183676, 0.4413265306122449, 0.548469387755102, 0.5025510204081632,
    0.44387755102040816,
  ]
  /// numpy: (a - b).mean() / (a - b).std(ddof=1) of each pair.
  static let cohenPaired: [Double] = [
    -0.7606888470333498, -0.12018540887910602, -0.7345890928715294, 0.5076818638614646, -0.36874370057585537,
    -0.6609764376135081,
  ]
  /// scipy.stats.mannwhitneyu(sample / 5, first column).statistic / (10 * 14).
  static let a12OfUnequalSizes: Double = 0.2857142857142857
  /// numpy, of sample and first column: difference of means over the root of the pooled variance.
  static let cohenUnpaired: Double = 1.5218422634868847
  /// k, upper tail, and the quantile of the studentised range at infinite degrees of freedom: mpmath, 40 digits, of
  /// the integral in the script.
  static let studentizedRange: [(count: Int, tail: Double, quantile: Double)] = [
    (2, 0.5, 0.9538725524089398),
    (2, 0.1, 2.326174307353348),
    (2, 0.05, 2.771807648699356),
    (2, 0.01, 3.6427727354368993),
    (2, 1e-06, 6.917821474559),
    (3, 0.5, 1.587787750446347),
    (3, 0.1, 2.902380213428252),
    (3, 0.05, 3.314493155398121),
    (3, 0.01, 4.120303206460117),
    (3, 1e-06, 7.216878301256445),
    (4, 0.5, 1.9783204855397125),
    (4, 0.1, 3.2404462209273595),
    (4, 0.05, 3.633159574902629),
    (4, 0.01, 4.402800861448694),
    (4, 1e-06, 7.399791362267389),
    (10, 0.5, 3.024201572972566),
    (10, 0.1, 4.129346398236873),
    (10, 0.05, 4.474124221725905),
    (10, 0.01, 5.156634960089622),
    (10, 1e-06, 7.9090109430837545),
    (50, 0.5, 4.450481338021923),
    (50, 0.1, 5.356686875267443),
    (50, 0.05, 5.646026026380533),
    (50, 0.01, 6.228392608582209),
    (50, 1e-06, 8.68290296149233),
    (200, 0.5, 5.4453038957814),
    (200, 0.1, 6.238323227687493),
    (200, 0.05, 6.495913263935173),
    (200, 0.01, 7.019942435498665),
    (200, 1e-06, 9.287925510266904),
  ]
  /// scipy.stats.studentized_range.isf(0.05, k, numpy.inf) for k of 2, 3, 5, 10, 20.
  static let studentizedRangeOfSciPy: [Double] = [
    2.771807648699355, 3.314493155398122, 3.857655510378623, 4.474124221725907, 5.0116887941184425,
  ]
  /// The means of all 100 ordered pairs of values as resampled statistics, the mean as estimate: 0.9 intervals of
  /// scipy.stats.bootstrap(…, bootstrap_result=…, n_resamples=0), percentile and BCa.
  static let intervalOfGivenMeans = (
    percentile: [1.0925, 6.374999999999999], biasCorrected: [1.7000000000000002, 7.772808747711697]
  )
  /// scipy.stats.bootstrap((sample,), numpy.mean, method="percentile", n_resamples=4000000,
  /// random_state=7).
  static let meanPercentile: [Double] = [1.97, 4.93]
  /// scipy.stats.bootstrap((sample,), numpy.mean, method="BCa", n_resamples=4000000,
  /// random_state=7).
  static let meanBiasCorrected: [Double] = [2.16, 5.380000000000001]
  /// scipy.stats.bootstrap((sample,), numpy.median, method="percentile", n_resamples=4000000,
  /// random_state=7).
  static let medianPercentile: [Double] = [1.2, 4.4]
  /// scipy.stats.bootstrap((sample,), numpy.median, method="BCa", n_resamples=4000000,
  /// random_state=7).
  static let medianBiasCorrected: [Double] = [1.2, 4.4]
  /// baycomp.SignedRankTest.probs of columns of scores, with 2 000 000 draws: first, second, rope, and the
  /// probabilities that the first is better, that neither is, that the second is.
  static let bayes: [(first: Int, second: Int, rope: Double, probabilities: [Double])] = [
    (0, 1, 0.01, [0.0, 0.329324, 0.6706759999999999]),
    (0, 3, 0.01, [0.00035249999999999984, 0.032244499999999995, 0.967403]),
    (0, 2, 0.005, [0.39737, 0.1039085, 0.4987215000000001]),
    (1, 3, 0.0, [0.21295000000000003, 0.0, 0.78705]),
    (2, 3, 0.02, [5.000000000000001e-07, 0.7617864999999999, 0.238213]),
  ]
}
