using Relief.Flow.Activities.Requests;
using Relief.Flow.Tests.Storage;
using Relief.Flow.Workflows;
using static System.Threading.CancellationToken;

namespace Relief.Flow.Tests.Activities;

/// <summary>The attempts to break INV-24: at the very moment, by two who answer at once, and past the book by bare statements.</summary>
public abstract class RequestInvariantTests(StorageKind kind) : ReliefTest(kind)
{
    private static readonly DateTimeOffset Asked = new(2026, 5, 1, 9, 30, 0, TimeSpan.FromHours(8));   // a holiday: the clock does not stand still

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, false)]
    [InlineData(1, true)]
    public async Task INV_24_a_day_and_no_millisecond_more_is_in_time_and_nobody_can_say_otherwise(int milliseconds, bool isBreached)
    {
        await Received();
        var answered = await Answers("duty-1", milliseconds);
        Assert.Equal((RequestStatus.Answered, isBreached, TimeSpan.FromHours(24).Add(TimeSpan.FromMilliseconds(milliseconds))), (answered.Status, answered.Breached, answered.Took));
        Assert.Equal(isBreached, (await Do(db => new RequestBook(db).Late("plea", None))).Breached);   // the alarm of the 24th hour comes after the answer
        await Refused("help_request_24_hours", "update {help_request} set breached = (1 = " + (isBreached ? "0" : "1") + ")");
        await Refused("help_request_24_hours", db => db.Replace(answered with { ReceivedAt = answered.ReceivedAt.AddMinutes(isBreached ? 1 : -1) }, None));
        await Refused("help_request_24_hours", db => db.Replace(answered with { FeedbackAt = answered.FeedbackAt!.Value.AddMinutes(isBreached ? -1 : 1) }, None));
        await Refused("help_request_answered", db => db.Replace(answered with { FeedbackAt = null }, None));
    }

    [Fact]
    public async Task INV_24_of_two_who_answer_on_two_nodes_the_first_counts_and_the_breach_is_theirs()
    {
        await Received();
        var both = await Task.WhenAll(new[] { ("duty-1", -1), ("duty-2", 1) }.Select(one => Task.Run(() => AnswersApart(one.Item1, one.Item2))));
        var kept = (await Do(db => new RequestBook(db).Find("plea", None)))!;
        Assert.All(both, said => Assert.Equal((kept.FeedbackBy, kept.FeedbackAt, kept.Breached), (said.FeedbackBy, said.FeedbackAt, said.Breached)));
        Assert.Equal(kept.FeedbackBy == "duty-2", kept.Breached);
    }

    [Fact]
    public async Task INV_24_a_request_that_is_late_and_then_answered_stays_late_and_a_merged_one_has_no_time_of_its_own()
    {
        await Received();
        Assert.True((await Do(db => new RequestBook(db).Late("plea", None))).Breached);
        Assert.True((await Answers("duty-1", 60_000)).Breached);
        Assert.Equal("duty-1", (await Answers("duty-2", -60_000)).FeedbackBy);
        await Received("second", Asked.AddHours(25));
        await Received("third", Asked.AddHours(26));
        Assert.Equal("second", (await Do(db => new RequestBook(db).Find("third", None)))!.MergedInto);
        await Refused("help_request_merged", "update {help_request} set merged_into = null where id = 'third'");
    }

    private Task<HelpRequest> Received(string key = "plea", DateTimeOffset? at = null) =>
        Do(db => new RequestBook(db).Receive(new RequestEntry(County, "hanniulai", "99990101", "person-zhang", "需要有人帮忙买药"), ByClerk("app", at ?? Asked) with { Key = key }, None));

    private Task<HelpRequest> Answers(string by, int milliseconds) => Do(db => new RequestBook(db).Answered("plea", ("Question", "已电话答复"), At(by, milliseconds), None));

    private Task<HelpRequest> AnswersApart(string by, int milliseconds) => DoApart(db => new RequestBook(db).Answered("plea", ("Question", "已电话答复"), At(by, milliseconds), None));

    private Relief.Flow.Activities.Deed At(string by, int milliseconds) => new(by, Asked.AddHours(24).AddMilliseconds(milliseconds), "answer-" + by);

    public sealed class OnSqlite() : RequestInvariantTests(StorageKind.Sqlite);

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres() : RequestInvariantTests(StorageKind.PostgreSql);
}
