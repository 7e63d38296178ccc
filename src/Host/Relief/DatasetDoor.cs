using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Relief.Flow.Activities;
using Relief.Flow.Activities.Areas;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Matching;
using Relief.Flow.Host.Access;
using Relief.Flow.Host.Answers;
using Relief.Flow.Workflows;
using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Host.Relief;

/// <summary>Takes partners' files into runs: whole or in parts that count only when the whole was read (P17).</summary>
/// <remarks>
/// The bytes lie in a file of the system's that has no name and goes with the process. Rows are kept part by part, so that nothing waits for a large file; a file
/// whose sending broke off is sent again, and nothing is kept twice. Memory does not grow with the file.
/// </remarks>
internal sealed class DatasetDoor(ReliefRecords records, Visibility visibility)
{
    /// <summary>Bytes of the largest file: some five million rows.</summary>
    public const long Largest = 512L * 1024 * 1024;

    private const int RowsAtOnce = 5_000;
    private const int RefusalsShown = 100;

    public async Task<Results<Ok<DatasetReceipt>, ProblemHttpResult>> Take(string runId, SentData data, HttpContext context, CancellationToken cancellationToken)
    {
        var fields = new Fields()
            .Check("dataSet", data.DataSet is { Length: > 0 and <= 50 }, "The code of the data set.")
            .Check("version", data.Version is { Length: > 0 and <= 50 }, "The partner's own name of this state of its data, such as 2026-05.");
        if (fields.Refused is { } refused)
            return refused;
        await using var db = records.ReadingAll();
        if (await new RunBook(db).Find(runId, cancellationToken) is not { } run || await RuleOf(db, run, data.DataSet, cancellationToken) is not { } rule)
            return NotFound();
        if (!MayHandIn(run, rule))
            return NotFound();

        return await Keep(run, rule, data, context.Request.Body, context.User.By(), cancellationToken);
    }

    /// <summary>Keeps a file whose sender may hand it in.</summary>
    /// <param name="run">The run.</param>
    /// <param name="rule">What the data means.</param>
    /// <param name="data">What the bytes are; looked through.</param>
    /// <param name="body">The bytes.</param>
    /// <param name="by">Who hands them in.</param>
    /// <param name="cancellationToken">Ends it; what was kept by then counts for nothing.</param>
    /// <exception cref="BadHttpRequestException">There are more than <see cref="Largest"/> (413).</exception>
    public async Task<Results<Ok<DatasetReceipt>, ProblemHttpResult>> Keep(MatchRun run, MatchRule rule, SentData data, Stream body, string by, CancellationToken cancellationToken)
    {
        await using var db = records.ReadingAll();
        await using var bytes = await Spooled(body, cancellationToken);
        var hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(bytes, cancellationToken));
        bytes.Position = 0;
        var file = FileOf(run, rule, data, hash);
        if (await new RunBook(db).Known(file.Id, cancellationToken) is { } known)
            return await Receipt(run, known, cancellationToken);
        if (run.Status != MatchRunStatus.Collecting)
            return Closed();

        var (read, faults, refusedRows) = await Read(new PartnerFile(records.Key, await ShapeOf(db, run, file, rule, cancellationToken)), file, bytes, cancellationToken);
        if (read < 0)
            return new Fields().Add("body", "The first line names the columns, in UTF-8: idNumber or pseudonym, each once.").RefusedAs("match.noHeading")!;
        if (read == 0 && refusedRows > 0)
            return Refusal.Of(422, "match.nothingReadable", "No row of the file can be taken; nothing of it was kept.", ("refusals", faults.Take(RefusalsShown)));
        var deed = await records.DeedOf(by, cancellationToken);
        var taken = await records.Change(changing => new RunBook(changing).Take(file with { Refused = refusedRows }, (read, faults), deed, cancellationToken), cancellationToken);
        return taken is null ? Closed() : await Receipt(run, taken, cancellationToken);
    }

    // An authority of the county, whoever watches everything, and the partner itself.
    private bool MayHandIn(MatchRun run, MatchRule rule) => visibility.Current is not { } view || view.Areas.Contains(run.CountyCode) || view.Bodies.Contains(rule.Partner);

    private static async Task<MatchRule?> RuleOf(ReliefDbContext db, MatchRun run, string dataSet, CancellationToken cancellationToken) =>
        (await new RuleBook(db).Of(run.CountyCode, run.RuleVersion, cancellationToken)).FirstOrDefault(rule => rule.DataSet == dataSet);

    private static MatchFile FileOf(MatchRun run, MatchRule rule, SentData data, string hash) => new()
    {
        Id = InstanceIds.Of($"match-file:{run.Id}:{rule.DataSet}:{hash}").ToString("N"), CountyCode = run.CountyCode, CreatedAt = default, CreatedBy = "", RunId = run.Id, Partner = rule.Partner,
        DataSet = rule.DataSet, Form = data.Form ?? FileForm.DataSet, Version = data.Version, ContentHash = hash, Accepted = 0, Repeated = 0, Refused = 0
    };

    private async Task<FileShape> ShapeOf(ReliefDbContext db, MatchRun run, MatchFile file, MatchRule rule, CancellationToken cancellationToken) => new(
        rule.Kind == MatchRule.Death, file.Form == FileForm.HitList, (await new AreaQueries(db).CodesUnder(run.CountyCode, cancellationToken)).ToHashSet(), ChinaTime.DayOf(await records.Now(cancellationToken)));

    private static async Task<FileStream> Spooled(Stream body, CancellationToken cancellationToken)
    {
        var path = Path.Combine(Path.GetTempPath(), $"relief-{Guid.NewGuid():N}");
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Options = FileOptions.Asynchronous };
        if (OperatingSystem.IsWindows())
            options.Options |= FileOptions.DeleteOnClose;
        else
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var file = new FileStream(path, options);
        // Without a name it is gone with the process, however that ends: ID numbers stand in it.
        if (!OperatingSystem.IsWindows())
            File.Delete(path);
        try
        {
            var block = new byte[81_920];
            for (int read; (read = await body.ReadAsync(block, cancellationToken)) > 0;)
            {
                await file.WriteAsync(block.AsMemory(0, read), cancellationToken);
                if (file.Length > Largest)
                    throw new BadHttpRequestException("The file is too large.", StatusCodes.Status413PayloadTooLarge);
            }

            file.Position = 0;
            return file;
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }

    private async Task<(int Read, List<RowFault> Faults, int Refused)> Read(PartnerFile reader, MatchFile file, Stream bytes, CancellationToken cancellationToken)
    {
        using var text = new StreamReader(bytes, Encoding.UTF8, leaveOpen: true);
        Dictionary<string, PartnerRow> part = new(StringComparer.Ordinal);
        List<RowFault> faults = [];
        var (read, refused) = (0, 0);
        await foreach (var line in reader.Read(text, cancellationToken))
        {
            if (line is null)
                return (-1, [], 0);
            if (line.Row is { } row)
            {
                read++;
                part[row.Hash] = row;
            }
            else if (++refused <= RunBook.RefusalsKept)
                faults.Add(line.Fault!);
            if (part.Count >= RowsAtOnce)
                await Keep(file, part, cancellationToken);
        }

        await Keep(file, part, cancellationToken);
        return (read, faults, refused);
    }

    private async Task Keep(MatchFile file, Dictionary<string, PartnerRow> part, CancellationToken cancellationToken)
    {
        if (part.Count == 0)
            return;
        await records.Change(changing => new RunBook(changing).Keep((file.RunId, file.DataSet, file.Id), part.Values, cancellationToken), cancellationToken);
        part.Clear();
    }

    // Told also when the file was known: a process that died in between may have left the run untold.
    private async Task<Ok<DatasetReceipt>> Receipt(MatchRun run, MatchFile file, CancellationToken cancellationToken)
    {
        await using var db = records.ReadingAll();
        var queries = new MatchQueries(db);
        if ((await queries.Awaited(run, cancellationToken)).Where(awaited => awaited.Rule.Partner == file.Partner).All(awaited => awaited.HasCome))
        {
            var payload = FlowJson.Of(new { partner = file.Partner, run = run.Id });
            await records.Flows.Publish(new EventToPublish(RunBook.HasCome(file.Partner, run.Id), null, payload, EventToPublish.Week, "dataset:" + file.Id), cancellationToken);
        }

        var refusals = (await queries.Refusals(run.Id, cancellationToken)).Where(refusal => refusal.FileId == file.Id).Take(RefusalsShown);
        return TypedResults.Ok(new DatasetReceipt(file.Id, file.DataSet, file.Accepted, file.Repeated, file.Refused, [.. refusals.Select(refusal => new RowFault(refusal.Line, refusal.Field, refusal.Reason))]));
    }

    private static ProblemHttpResult NotFound() => Refusal.Of(404, "match.notFound", "There is no such run, or its rules do not ask for this data of yours.");

    private static ProblemHttpResult Closed() => Refusal.Of(409, "match.closed", "The run was compared already; hand the data in to the next one.");
}
