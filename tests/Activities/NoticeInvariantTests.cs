using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Archive;
using Relief.Flow.Activities.Notices;
using Relief.Flow.Tests.Storage;
using Relief.Flow.Workflows;
using static System.Threading.CancellationToken;

namespace Relief.Flow.Tests.Activities;

/// <summary>The attempts to break what a public sheet may show (INV-15), through the books and past them by bare statements.</summary>
public abstract class NoticeInvariantTests(StorageKind kind) : PurchaseTest(kind)
{
    [Fact]
    public async Task INV_15_a_sheet_shows_a_number_a_village_and_a_masked_name_by_consent_and_nothing_else()
    {
        var id = await Prepared();
        foreach (var content in new[] { "999900-2026-000001 一村 服务类救助 居家照料", "999900-2026-000001 张三丰 一村 服务类救助", "999900-2026-000001 一村 服务类救助 13800000000", "999999194705120001 一村 服务类救助" })
            await Refused("INV-15", $"update {{notice_record}} set content = '{content}'");
        await Refused("INV-15", "update {notice_record} set legal_basis = ' '");
        await Refused("INV-15", "update {notice_record} set shown_name = '张某某', content = service_no || ' 张某某 ' || village_name || ' 服务类救助'");
        await Refused("INV-15", "update {notice_record} set status = 'Posted'");
        await Refused("INV-25", "delete from {notice_record}");

        await Do(db => new ConsentBook(db).Give("person-zhang", "paper", ByClerk(), None));
        await Refused("INV-15", "update {notice_record} set shown_name = '张三丰', content = service_no || ' 张三丰 ' || village_name || ' 服务类救助'");
        await Refused(Unique, "insert into {publication_consent} (id, county_code, created_at, created_by, person_id, form) select 'x', county_code, created_at, created_by, person_id, form from {publication_consent}");
        Assert.True(await Do(db => new NoticeBook(db).Post(id, "photo-1", ByClerk(), None)));
        Assert.True(await Do(db => new NoticeBook(db).TakeDown(id, "photo-2", ByClerk(), None)));
        await Refused("INV-15", "update {notice_record} set proofs = '[]'");
        await Refused("INV-25", "delete from {publication_consent}");
    }

    [Fact]
    public async Task INV_15_a_name_does_not_stay_when_its_consent_goes()
    {
        await Prepared();
        await Do(db => new ConsentBook(db).Give("person-zhang", "paper", ByClerk(), None));
        var named = Assert.IsType<NoticeResult.Prepared>(await Do(db => new NoticeBook(db).Prepare(CaseId, "consent", ByClerk(), None)));
        Assert.Contains("张某某", named.Content, StringComparison.Ordinal);
        await Refused("INV-15", "update {publication_consent} set withdrawn_at = created_at");
        Assert.True(await Do(db => new ConsentBook(db).Withdraw("person-zhang", ByClerk(), None)));
        Assert.False(await Do(db => new ConsentBook(db).Withdraw("person-zhang", ByClerk(), None)));
        Assert.Equal(NoticeStatus.Withdrawn, (await Do(db => new NoticeBook(db).Find(named.NoticeId, None)))!.Status);
        Assert.DoesNotContain("张某某", Assert.IsType<NoticeResult.Prepared>(await Do(db => new NoticeBook(db).Prepare(CaseId, "rule", ByClerk(), None))).Content, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("update {person} set birth_date = '2016-06-01' where id = 'person-zhang'")]
    [InlineData("insert into {person_condition} (id, county_code, created_at, created_by, person_id, kind, evidence, confidential) select 'late', county_code, created_at, created_by, id, 'Mental', 'sha256:1', (1 = 1) from {person} where id = 'person-zhang'")]
    public async Task INV_15_who_may_not_be_shown_is_not_put_up(string becomes)
    {
        var id = await Prepared();
        await Do(db => db.Database.ExecuteSqlRawAsync(Named(becomes)));
        await Refused("INV-15", "update {notice_record} set status = 'Posted', proofs = '[\"photo\"]'");
        Assert.IsType<NoticeResult.DoNotPublish>(await Do(db => new NoticeBook(db).Prepare(CaseId, "rule", ByClerk(), None)));
        Assert.NotNull(await Do(db => new NoticeBook(db).Find(id, None)));
    }

    [Theory]
    [InlineData("张三", "张某某")]
    [InlineData("欧阳娜娜", "欧阳某某")]
    [InlineData("欧阳", "欧某某")]
    [InlineData(" 李 ", "李某某")]
    public void A_name_is_masked_to_its_surname(string name, string masked) => Assert.Equal(masked, MaskedName.Of(name));

    private async Task<string> Prepared()
    {
        await Surveying();
        await Do(db => new ArchiveBook(db).AssignNumber("person-zhang", County, ByClerk(), None));
        return Assert.IsType<NoticeResult.Prepared>(await Do(db => new NoticeBook(db).Prepare(CaseId, "社会救助长期公示制度", ByClerk(), None))).NoticeId;
    }

    public sealed class OnSqlite() : NoticeInvariantTests(StorageKind.Sqlite);

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres() : NoticeInvariantTests(StorageKind.PostgreSql);
}
