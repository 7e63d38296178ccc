using System.Security.Cryptography;
using System.Text;
using Relief.Flow.Activities;
using Relief.Flow.Activities.Parameters;
using Relief.Flow.Activities.People;
using Relief.Flow.Activities.Seed;
using Relief.Flow.Host.Access;
using Relief.Flow.Host.Answers;
using Relief.Flow.Workflows.Runtime;

namespace Relief.Flow.Host.Relief;

/// <summary>The relief records for the host: reading, changing outside instances, and what must be there before anything runs.</summary>
internal sealed class ReliefRecords(ReliefDatabase database, Installation installation, PersonalDataKey key, Flows flows, Visibility visibility)
{
    public PersonalDataKey Key => key;

    public Flows Flows => flows;

    /// <summary>Reads what is committed, as far as whoever asks may see it.</summary>
    public ReliefDbContext Reading() => database.Reading(visibility.Current);

    /// <summary>Reads everything that is committed: for rules that judge by what the asking person need not see.</summary>
    public ReliefDbContext ReadingAll() => database.Reading();

    /// <summary>Changes records in one transaction.</summary>
    public Task<T> Change<T>(Func<ReliefDbContext, Task<T>> change, CancellationToken cancellationToken) =>
        installation.Change(async (unit, _) =>
        {
            await using var records = database.Over(unit);
            return await change(records);
        }, cancellationToken);

    /// <summary>Changes records in one transaction, where nothing is asked back.</summary>
    public Task Change(Func<ReliefDbContext, Task> change, CancellationToken cancellationToken) =>
        Change<object?>(
            async records =>
            {
                await change(records);
                return null;
            }, cancellationToken);

    /// <summary>Computes open deadlines again by the calendars that hold now; how many moved.</summary>
    public async Task<int> RecomputeDeadlines(CancellationToken cancellationToken)
    {
        await using var db = ReadingAll();
        return await installation.RecomputeDeadlines(await new Deadlines(db).Reckoning(cancellationToken), cancellationToken);
    }

    /// <summary>Business time.</summary>
    public async Task<DateTimeOffset> Now(CancellationToken cancellationToken) => (await flows.Clock(cancellationToken)).Now;

    /// <summary>What the caller does now, under the request's Idempotency-Key, or under a key of its own when it has none.</summary>
    public async Task<Deed> DeedOf(HttpContext context, CancellationToken cancellationToken) =>
        new(context.User.By(), await Now(cancellationToken), RepeatedRequests.TextOf(context) ?? Guid.NewGuid().ToString("N"));

    /// <summary>What somebody does now, under a key of its own.</summary>
    public async Task<Deed> DeedOf(string by, CancellationToken cancellationToken) => new(by, await Now(cancellationToken), Guid.NewGuid().ToString("N"));

    /// <summary>Writes the policy presets, and the invented county when it is asked for; what is there stays.</summary>
    public async Task Prepare(bool withExample, CancellationToken cancellationToken)
    {
        if (await installation.Change((unit, token) => Seeded.Holds(unit, installation.Kind, withExample, token), cancellationToken))
        {
            // Nothing waits for the records' model yet, so it is built beside the first requests.
            _ = Task.Run(database.Warm, CancellationToken.None);
            return;
        }

        var now = await Now(cancellationToken);
        await Change(async records =>
        {
            await new ParameterBook(records).WritePresets(cancellationToken);
            return !withExample || await new ExampleCounty(records, key).Write(now, cancellationToken);
        }, cancellationToken);
    }

    /// <summary>The key that was set, else the one in a file beside the program, made at the first start.</summary>
    public static PersonalDataKey KeyOf(string? configured, string folder)
    {
        if (configured is not null)
            return new PersonalDataKey(Convert.FromBase64String(configured));
        var file = Path.Combine(folder, "data", "personal-data.key");
        if (!File.Exists(file))
            Make(file);
        return new PersonalDataKey(Convert.FromBase64String(File.ReadAllText(file)));
    }

    // Whole or not at all; of two processes that start for the first time together one makes it, and both read that one.
    private static void Make(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var mine = $"{file}.{Guid.NewGuid():N}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var made = new FileStream(mine, options))
        {
            made.Write(Encoding.ASCII.GetBytes(Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))));
            made.Flush(flushToDisk: true);
        }

        try
        {
            File.Move(mine, file, overwrite: false);
        }
        catch (IOException) when (File.Exists(file))
        {
            File.Delete(mine);
        }
    }
}
