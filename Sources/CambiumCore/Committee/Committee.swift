/// Several models of one learner that answer together: the mean of their outputs.
///
/// What the members' errors do not have in common cancels, so a committee is more accurate than its members are on the
/// average, and the more so the more they differ (Krogh and Vedelsby 1995). Members are fitted at once, over the
/// threads there are. The first member has the random numbers that the learner would have by itself: by seeds, a
/// committee of one is the learner's own model.
public struct Committee: Learner {
  /// How it is made.
  public let spec: CommitteeSpec
  /// What makes the members. Its models are all of one type.
  public let learner: any Learner

  /// Makes a committee; throws where the spec is out of range.
  public init(spec: CommitteeSpec = CommitteeSpec(), of learner: any Learner) throws {
    try spec.validate()
    self.spec = spec
    self.learner = learner
  }

  /// Fits the members, and then, where the spec says so, the one model that takes their place.
  ///
  /// The held-out result is, where `validation` is given, that of the members before they learned it; else every sample
  /// that some members left out, with the mean of these members' outputs; by seeds what the members' learner had held
  /// out, with the outputs of one member each. The latter two are pessimistic, since few members have a say on a
  /// sample. A condensed model is reported with the committee's.
  ///
  /// - Parameter validation: Handed to every member's learner, to choose by.
  /// - Throws: What the learner throws; `InputError` where there are no samples, or fewer than folds.
  public func fit(_ data: Dataset, validation: Dataset?, in context: FitContext) throws -> Fit {
    guard data.sampleCount > 0 else {
      throw InputError(.content, found: "no samples", expected: "at least one to learn")
    }
    context.observer.observe(.stage("fitting a committee of \(spec.members) by \(spec.kind.rawValue)"))
    let samples = try MemberSamples.draw(for: spec, from: data, random: context.random.child("committee"))
    let fits = try context.workers.map(spec.members) { index in
      Result { try fit(index, to: samples[index].dataset(of: data), validation, context) }
    }.map { try $0.get() }
    let leftOut = LeftOutOutputs(of: fits.map(\.predictor), samples: samples, data: data, context.workers)
    let held =
      validation == nil ? fits.compactMap(\.heldOut) : Self.heldOutResult(of: fits).map { [$0] } ?? []
    let random = context.random.child("residuals")
    let residuals =
      leftOut.residuals(random: random)
      ?? LeftOutResiduals(under: fits.count, ofHeldOut: held, random: random)
    let committee = Fit(
      predictor: Self.model(of: fits.map(\.predictor), residuals: residuals),
      report: report(of: fits, leftOut: leftOut),
      heldOut: (validation == nil ? leftOut.result : nil) ?? Self.joined(held))
    guard spec.condense, committee.report.stopReason != .interrupted else { return committee }

    context.observer.observe(.stage("fitting one model to what the committee says"))
    let condensation = Condensation(of: committee.predictor, mixedSamples: spec.mixedSamples)
    var single = try condensation.fit(learner, to: data, in: context.child("condensed"))
    single.heldOut = committee.heldOut
    // It learned mixed samples as well, which nobody else knows by number.
    single.firstCoverage = nil
    single.report.epochs += committee.report.epochs
    single.report.decisions =
      committee.report.decisions + single.report.decisions
      + ["one model was fitted to what the committee says; the held-out figures are the committee's"]
    return single
  }

  private func fit(
    _ index: Int, to data: Dataset, _ validation: Dataset?, _ context: FitContext
  ) throws -> Fit {
    var own = index == 0 ? context : context.child("member", index)
    own.observer = MemberObserver(name: "member \(index + 1)", listener: context.observer)
    let fit = try learner.fit(data, validation: validation, in: own)
    let size = fit.predictor.size
    context.observer.observe(
      .stage("member \(index + 1): \(size.units) units, \(size.connections) connections"))
    return fit
  }

  private func report(of fits: [Fit], leftOut: LeftOutOutputs) -> FitReport {
    let reasons = fits.map(\.report.stopReason)
    var decisions = fits.enumerated().flatMap { index, fit in
      fit.report.decisions.map { "member \(index + 1): \($0)" }
    }
    if !leftOut.rows.isEmpty {
      decisions.append(
        "\(leftOut.rows.count) of \(leftOut.data.sampleCount) samples were left out by a member")
    }
    return FitReport(
      stopReason: reasons.contains(.interrupted) ? .interrupted : reasons[0],
      epochs: fits.reduce(0) { $0 + $1.report.epochs }, decisions: decisions,
      tolerance: fits[0].report.tolerance)
  }

  /// The committee of these members, as a model of their type.
  private static func model(of members: [any Predictor], residuals: LeftOutResiduals?) -> any Predictor {
    func open<Member: Predictor>(_ first: Member) -> any Predictor {
      guard
        let model = CommitteeModel(members: members.compactMap { $0 as? Member }, residuals: residuals),
        model.members.count == members.count
      else { preconditionFailure("a learner whose models are of several types or shapes") }
      return model
    }
    return open(members[0])
  }

  /// The mean over the members of what each said of the samples that the caller kept apart.
  private static func heldOutResult(of fits: [Fit]) -> HeldOutResult? {
    let results = fits.compactMap(\.heldOut)
    guard let first = results.first, results.count == fits.count,
      results.allSatisfy({ $0.data.features == first.data.features })
    else { return nil }
    return HeldOutResult(data: first.data, outputs: mean(of: results.map(\.outputs)))
  }

  /// Held-out samples one after the other; nil of none.
  private static func joined(_ results: [HeldOutResult]) -> HeldOutResult? {
    guard let first = results.first else { return nil }
    return results.dropFirst().reduce(first) { joined, next in
      HeldOutResult(
        data: joined.data.appending(next.data), outputs: joined.outputs.appendingRows(of: next.outputs))
    }
  }
}
