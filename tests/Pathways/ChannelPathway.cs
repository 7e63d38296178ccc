using Relief.Flow.Activities;
using Relief.Flow.Activities.Calls;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Channels;
using Relief.Flow.Activities.Intake;
using Relief.Flow.Activities.People;
using Relief.Flow.Tests.Storage;
using Relief.Flow.Workflows;
using static System.Threading.CancellationToken;
using static Relief.Flow.Tests.Pathways.Town;
using Deed = Relief.Flow.Activities.Deed;

namespace Relief.Flow.Tests.Pathways;

/// <summary>"procedure.channel.news" and "procedure.callback": an app is told how an application stands; of two lost calls one is called back at the second try and one is never answered.</summary>
public abstract class ChannelPathway : PathwayStory
{
    public override IReadOnlyList<string> Plays => ["procedure.channel.news", "procedure.callback", "procedure.hotline"];

    public override DateTimeOffset Begins => Local(3, 2, 14);

    private protected override async Task Tell(Town town)
    {
        await Applies(town);
        await town.Start("procedure.channel.news", new { matterId = "wechat-oa:S-1" });

        await IsLost(town, "lost-1");
        await town.Complete("hotline.callback", "hotline-1", "NoAnswer");
        await town.Complete("hotline.callback", "hotline-1", "Reached", new { type = "Praise", wording = "感谢上门服务", placeCode = "99990101" });
        Assert.Equal((LostCallStatus.Answered, 1), (await Find(town, "lost-1")) is var answered ? (answered.Status, answered.Attempts) : default);

        await IsLost(town, "lost-2");
        await town.At(Local(3, 2, 14, 31));
        foreach (var _ in Enumerable.Range(0, 3))
            await town.Complete("hotline.callback", "hotline-1", "NoAnswer");
        Assert.Equal(LostCallStatus.NotReached, (await Find(town, "lost-2")).Status);
        await IsLost(town, "lost-3");
        await town.Complete("hotline.callback", "hotline-1", "NothingNeeded", new { reason = "拨错号码" });
    }

    private static async Task Applies(Town town)
    {
        var channel = new Channel { Id = "wechat-oa", CountyCode = "999900", CreatedAt = Local(3, 2), CreatedBy = "admin", Name = "池州民政", Mapping = "wechat-oa", SecretSealed = "sealed", Active = true };
        await town.Set(async db =>
        {
            if (!await db.Holds<Channel>(channel.Id, None))
                await db.Insert(channel, None);
            var receipt = await new ApplicationCounter(db, new PersonalDataKey(new byte[32])).Take(new ApplicationRequest
            {
                CountyCode = "999900", Channel = "wechat_oa", ApplicantName = "张某某", Category = ReliefCategory.Dibao, ItemCodes = ["cleaning"], Wording = "需要清洁", Papers = ["application-form", "consent"], ConsentVersion = "2026-1",
                Person = new ApplicationPerson("999999194705120001", "张某某", "M", new DateOnly(1947, 5, 12), "99990101", null)
            }, new Deed("channel:wechat-oa", Local(3, 2), "channel:wechat-oa:S-1"), None);
            await new MatterBook(db).Begin(new ChannelMatter
            {
                Id = "wechat-oa:S-1", CountyCode = "999900", CreatedAt = Local(3, 2), CreatedBy = "channel:wechat-oa", ChannelId = "wechat-oa", Number = "S-1", UserRef = "oWx-77", Kind = MatterKind.Application,
                RecordId = receipt.ApplicationId, Content = "signed", ToldApplication = ApplicationStatus.Submitted, Tellings = 0, Ended = false
            }, None);
        });
    }

    private static async Task IsLost(Town town, string key)
    {
        await town.Set(db => new CallBook(db).Lose(new LostCallEntry("999900", "hotline", "call-" + key, "999900", "person-zhang"), new Deed("channel:hotline", Local(3, 2, 14), key), None));
        await town.Start("procedure.callback", new { callId = key });
    }

    private static Task<LostCall> Find(Town town, string key) => town.Read(db => new CallBook(db).Get(key, None));

    public sealed class OnSqlite : ChannelPathway
    {
        public override StorageKind Kind => StorageKind.Sqlite;
    }

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres : ChannelPathway
    {
        public override StorageKind Kind => StorageKind.PostgreSql;
    }
}
