using Relief.Flow.Activities;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Channels;
using Relief.Flow.Host.Relief;
using Relief.Flow.Host.Startup;
using Relief.Flow.Workflows;
using Relief.Flow.Workflows.Runtime;

namespace Relief.Flow.Host.Channels;

/// <summary>Sees once a minute which applications of channels stand otherwise than the channel was told, and starts telling it.</summary>
/// <remarks>A change and its telling are one transaction: none is told twice, none is forgotten.</remarks>
internal sealed class ChannelNews(ReliefRecords records, ChannelMappings mappings, ILogger<ChannelNews> logger) : EvenDuty(TimeSpan.FromMinutes(1))
{
    private const int Most = 500;
    private const string Prefix = "channel:";

    /// <summary>Tells what is new; how many tellings began.</summary>
    public async Task<int> RunOnce(CancellationToken cancellationToken)
    {
        await using var db = records.ReadingAll();
        var listening = (await new ChannelBook(db, records.Key).All(cancellationToken)).Where(IsListening).Select(one => one.Id).ToList();
        if (listening.Count == 0)
            return 0;
        var begun = 0;
        foreach (var matter in await new MatterBook(db).News(listening, Most, cancellationToken))
            begun += await Tries(db, matter, cancellationToken) ? 1 : 0;
        return begun;
    }

    /// <summary>Where a channel hears how its matters stand; none of one that asks.</summary>
    public async Task<NoticeAddress?> AddressOf(string notices, CancellationToken cancellationToken)
    {
        if (!notices.StartsWith(Prefix, StringComparison.Ordinal))
            return null;
        await using var db = records.ReadingAll();
        var book = new ChannelBook(db, records.Key);
        return await book.Find(notices[Prefix.Length..], cancellationToken) is { CallbackUrl: { } url } channel ? new NoticeAddress(new Uri(url), book.SecretOf(channel)) : null;
    }

    protected override Task Once(CancellationToken cancellationToken) => RunOnce(cancellationToken);

    protected override void Failed(Exception exception) => Log.NewsFailed(logger, exception);

    private bool IsListening(Channel channel) => channel is { Active: true, CallbackUrl: not null } && mappings.Find(channel.Mapping) is not null;

    // One that cannot be told holds up none of the others.
    private async Task<bool> Tries(ReliefDbContext db, ChannelMatter matter, CancellationToken cancellationToken)
    {
        try
        {
            return await Tell(db, matter, cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            Failed(exception);
            return false;
        }
    }

    private async Task<bool> Tell(ReliefDbContext db, ChannelMatter matter, CancellationToken cancellationToken)
    {
        var application = (await new ApplicationBook(db).Find(matter.RecordId, cancellationToken))!;
        var start = new StartInstance("procedure.channel.news", FlowJson.Of(new { matterId = matter.Id }), matter.CreatedBy)
        {
            InstanceId = InstanceIds.Of($"channel-news:{matter.Id}:{matter.Tellings + 1}"), CorrelationId = "application:" + application.Id, BusinessKey = application.Number, SubjectId = "person:" + application.PersonId
        };
        var told = await records.Flows.StartWithRecords(start, async (unit, inside) =>
        {
            await using var changing = ReliefDbContext.Over(unit);
            return await new MatterBook(changing).Telling(matter, inside) is not null;
        }, cancellationToken);
        // Who is held back, because of a death, is told nothing through an app; neither are those who wait for them.
        if (told is Halted)
            await records.Change(changing => new MatterBook(changing).Telling(matter, cancellationToken), cancellationToken);
        return told is Started;
    }
}
