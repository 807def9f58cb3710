internal import CambiumStatistics

/// A figure of a report: a drawing, and what the reader should know of it.
public struct ReportFigure: Sendable, Equatable {
  /// The name of its file, without the ending.
  public let name: String
  /// Its heading on the page.
  public let title: String
  /// What it shows, and how to read it.
  public let caption: String
  /// The drawing, SVG on white.
  public let svg: String
}

extension ReportFigure {
  /// The weights in training of the run that lost the most connections; nil where no run tells of them.
  static func weightPaths(of runs: [ReplaySection.Run]) -> ReportFigure? {
    let drawn = runs.compactMap { run in
      WeightPathFigure(of: run.replay, title: run.title).map { (run: run, figure: $0) }
    }
    let most = drawn.max {
      WeightPathFigure.prunedCount(of: $0.run.replay) < WeightPathFigure.prunedCount(of: $1.run.replay)
    }
    return most.map { run, figure in
      ReportFigure(
        name: "weights", title: "Weights in training",
        caption:
          "The first units of \(run.title): the weight of each connection over the epochs of the unit's training, the "
          + "constant among them, and a cross where the connection was pruned. The lines of the others go on; what the unit "
          + "keeps is their best since the last cut.",
        svg: figure.svg)
    }
  }

  /// The figures that an experiment's records allow, in the order in which a page shows them.
  static func all(
    of experiment: Experiment, records: [String: RunRecord], table: ResultTable,
    comparison: LearnerComparison?
  ) -> [ReportFigure] {
    var figures: [ReportFigure] = []
    func add(_ name: String, _ title: String, _ caption: String, _ svg: String?) {
      if let svg { figures.append(ReportFigure(name: name, title: title, caption: caption, svg: svg)) }
    }
    add(
      "ranks", "Average ranks",
      "The learners by their average rank over the data sets, the best at the right. Bars join those that Wilcoxon's test does "
        + "not tell apart after Holm's correction; CD is Nemenyi's critical difference.",
      comparison.map { CriticalDifferenceDiagram(of: $0).svg })
    add(
      "errors", "Test errors",
      "Each point is a run. The box holds the middle half of the runs, the line in it is their median, whiskers reach to the "
        + "furthest run within one and a half lengths of the box; the cross is the mean.",
      ErrorFigure(of: table, name: experiment.name)?.svg)
    add(
      "size-error", "Error against size",
      "Mean test error ± standard deviation against the mean number of connections. Filled markers, joined by the "
        + "staircase, are the learners that no other one beats in both.",
      SizeErrorFigure(of: table, name: experiment.name)?.svg)
    add(
      "growth", "Growth",
      "Error and coverage of the training rows against the number of hidden units, means over the runs; band: their range. "
        + "Open circles are the test errors of the finished networks, dashed lines those of fixed ones.",
      GrowthFigure(of: experiment, records: records)?.svg)
    add(
      "updates", "Gradients by layer",
      "The root mean square gradient of a weight in each layer of the deepest networks, geometric mean over all runs, in some "
        + "epochs. Where the line rises to the right, layers far from the outputs hear less of the error.",
      LayerUpdateSummary(of: experiment, records: records).flatMap {
        LayerUpdateFigure(of: $0, name: experiment.name)?.svg
      })
    add(
      "activations", "Functions chosen",
      "The share of the units kept in each round that have each nonlinear function, over all runs on all data sets; stronger "
        + "is more. The bars say which share of the runs reached the round.",
      ActivationFigure(of: experiment, records: records)?.svg)
    return figures
  }
}
