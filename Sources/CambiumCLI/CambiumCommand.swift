import ArgumentParser
import CambiumCore
import CambiumExport
import CambiumLab

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The command `cambium`.
@main
struct CambiumCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cambium",
    abstract: "Grows neural networks, ring by ring, out of undifferentiated candidates.",
    version: Release.version,
    subcommands: [
      GrowCommand.self, FitCommand.self, PredictCommand.self, EvaluateCommand.self, ExplainCommand.self,
      ExportCommand.self, RunCommand.self, StatusCommand.self, CollectCommand.self, ReportCommand.self,
      ResultsCommand.self, StatsCommand.self, GenerateCommand.self, SampleCommand.self, ConvertCommand.self,
      PlanCommand.self,
      ListCommand.self, SlurmTaskCommand.self,
    ])

  static func main() {
    StandardDescriptors.ensure()
    FreedMemory.keep()
    Kernels.endLibraryThreads()
    // A reader that has gone, or a file that grows too large, is an error of writing, not the end of the program.
    for name in [SIGPIPE, SIGXFSZ] { signal(name, SIG_IGN) }
    do {
      var command = try parseAsRoot(ArgumentWords.expanded(Array(CommandLine.arguments.dropFirst())))
      try command.run()
    } catch let error as TeamError {
      if error.isToSay { Console().error(error.description) }
      ProcessTeam.finish()
      exit(withError: ExitStatus.code(for: error.kind))
    } catch let error as InputError {
      Console().error(error.description)
      ProcessTeam.abort(status: ExitStatus.code(for: error.kind))
      exit(withError: ExitStatus.code(for: error.kind))
    } catch let error as SlurmError {
      Console().error(error.description)
      exit(withError: ExitStatus.unavailable)
    } catch let error as StandardOutput.Failure {
      if !error.isBrokenPipe { Console().error("standard output: \(error.reason)") }
      exit(withError: ExitStatus.outputLost)
    } catch  where exitCode(for: error) == .failure {
      Console().error("a defect of Cambium: \(error)")
      exit(withError: ExitStatus.defect)
    } catch {
      exit(withError: error)  // the argument parser's own: help, version, usage, and codes we threw
    }
  }
}
