using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Archive;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Decisions;
using Relief.Flow.Activities.People;
using Relief.Flow.Activities.Settlement;
using Relief.Flow.Activities.Surveys;
using Relief.Flow.Tests.Storage;
using Relief.Flow.Workflows;
using static System.Threading.CancellationToken;

namespace Relief.Flow.Tests.Activities;

/// <summary>The attempts to break what must hold about surveys, decisions, numbers and cases (data.md): through the books, and past them by bare statements.</summary>
public abstract class CaseInvariantTests(StorageKind kind) : PurchaseTest(kind)
{
    [Fact]
    public async Task INV_09_two_survey_and_neither_of_them_decides_nor_one_person_twice()
    {
        await Surveying();
        Assert.Equal(new SurveyResult.Invalid("SignersNotDistinct"), await Submit("surveyor-qian", "surveyor-qian"));
        await Refused("INV-09", Submitting("x"));
        await Refused("INV-09", async db =>
        {
            await db.Insert(Signer("one", "surveyor-qian"), None);
            await db.Database.ExecuteSqlRawAsync(Named(Submitting("x")));
        });
        await Refused(Unique, async db =>
        {
            await db.Insert(Signer("one", "surveyor-qian"), None);
            await db.Insert(Signer("two", "surveyor-qian"), None);
        });
        Assert.IsType<SurveyResult.Valid>(await Submit("surveyor-qian", "surveyor-sun"));
        await Refused("INV-09", "update {survey_record} set opinion = 'Unclear'");
        await Refused("INV-09", "delete from {survey_signer}");
        await Refused("INV-09", "update {survey_signer} set staff_id = 'other'");
        await Refused("INV-09", db => db.Insert(Signer("late", "surveyor-zhou"), None));

        Assert.Equal(new DecisionResult.Refused("SurveyorDecides"), await Do(db => new DecisionBook(db).Decide(Decision(), ByClerk("surveyor-sun"), None)));
        await Refused("INV-09", db => db.Insert(Row("bare") with { DecidedBy = "surveyor-sun" }, None));
    }

    [Fact]
    public async Task INV_09_who_verifies_a_batch_or_surveyed_its_case_does_not_approve_it()
    {
        await Confirmed();
        await InService();
        await Deliver(month: 4, careHours: 15);
        var batch = (await Verified("2026-04")).Batch.Id;
        Assert.Equal(new SettlementResult.Refused("SamePerson"), await Do(db => new SettlementBook(db).Approve(batch, ByClerk("settlement-clerk-1"), None)));
        Assert.Equal(new SettlementResult.Refused("SurveyorApproves"), await Do(db => new SettlementBook(db).Approve(batch, ByClerk("surveyor-sun"), None)));
        await Refused("four_eyes", "update {settlement_batch} set approver = clerk");
        await Refused("INV-09", "update {settlement_batch} set status = 'Approved'");
    }

    [Fact]
    public async Task INV_10_nobody_is_confirmed_without_a_survey_and_the_rules_trace()
    {
        await Surveying();
        Assert.Equal(new DecisionResult.Refused("NoSurvey"), await Do(db => new DecisionBook(db).Decide(Decision(), ByClerk("reviewer-li"), None)));
        await Refused("INV-10", db => db.Insert(Row("bare"), None));
        await Refused("INV-10", db => db.Insert(Row("bare") with { SurveyId = null, RuleTrace = "[{}]" }, None));
        await Submit("surveyor-qian", "surveyor-sun");
        Assert.Equal(new DecisionResult.Refused("NoRuleTrace"), await Do(db => new DecisionBook(db).Decide(Decision() with { RuleTrace = "" }, ByClerk("reviewer-li"), None)));
        await Refused("INV-10", db => db.Insert(Row("bare") with { RuleTrace = "" }, None));
        await Refused("INV-10", db => db.Insert(Row("bare") with { RuleTrace = "[]" }, None));
        await Refused("INV-10", db => db.Insert(Row("bare") with { CaseId = "another-case" }, None));
    }

    [Fact]
    public async Task INV_11_a_denial_says_why_and_is_delivered_with_proof_and_a_day_of_appeal()
    {
        await InReview();
        var denial = Decision() with { Outcome = DecisionOutcome.Denied };
        Assert.Equal(new DecisionResult.Refused("NoReason"), await Do(db => new DecisionBook(db).Decide(denial, ByClerk("reviewer-li"), None)));
        await Refused("denial_has_reason", db => db.Insert(Row("bare") with { Outcome = DecisionOutcome.Denied, ReasonCode = null }, None));

        var taken = Assert.IsType<DecisionResult.Taken>(await Do(db => new DecisionBook(db).Decide(
            denial with { ReasonCode = "NoCategory", Reasons = "不属于四类对象" }, ByClerk("reviewer-li", Morning(3, 24)), None)));
        Assert.Equal(new DecisionResult.Refused("NoProof"), await Do(db => new DecisionBook(db).Delivered(taken.DecisionId, " ", ByClerk(), None)));
        await Refused("delivery_has_proof", "update {decision_record} set delivered_at = created_at, appeal_by = '2026-05-23'");
        await Refused("INV-11", "update {decision_record} set delivered_at = created_at, delivery_proof = 'EMS-1'");
        await Refused("INV-25", "update {decision_record} set reason_code = 'Other'");
        await Refused("INV-25", "delete from {decision_record}");
        await Do(db => new DecisionBook(db).Delivered(taken.DecisionId, "EMS-1", ByClerk("clerk-1", Morning(3, 25)), None));
        Assert.Equal(new DateOnly(2026, 5, 24), Assert.Single(await Do(db => new DecisionBook(db).Of(CaseId, None))).AppealBy);
    }

    [Fact]
    public async Task INV_12_a_service_number_is_for_life_unique_and_ascending()
    {
        await Confirmed();
        Assert.False((await Do(db => new ArchiveBook(db).AssignNumber("person-zhang", County, ByClerk(), None))).IsNew);
        Assert.Equal("999900-2026-000002", (await Do(db => new ArchiveBook(db).AssignNumber("person-wang", County, ByClerk(), None))).Number);
        await Refused("INV-12", "update {service_number} set sequence = 7");
        await Refused("INV-12", "delete from {service_number}");
        await Refused("INV-12", "insert into {service_number} select '999900-2026-000000', 'other', county_code, year, 0, assigned_at from {service_number} where sequence = 1");
        await Refused(Unique, "insert into {service_number} select '999900-2026-000003', person_id, county_code, year, 3, assigned_at from {service_number} where sequence = 1");
        await Refused(Unique, "insert into {service_number} select number, 'other', county_code, year, 3, assigned_at from {service_number} where sequence = 1");
    }

    [Fact]
    public async Task INV_13_a_person_has_one_open_case_in_a_county()
    {
        await Surveying();
        var second = await Apply("person-zhang");
        Assert.Equal(new CaseResult.SameOpenCase(CaseId), await Do(db => new CaseBook(db).Open(second, "township-a", ByClerk(), None)));
        await Refused(Unique, "insert into {case_file} select 'second', county_code, created_at, created_by, 'GA2', person_id, household_id, application_id, status, area_code, "
            + "owner_unit_id, category, opened_at, accepted_at, closed_at, closed_reason, flags, remark from {case_file}");
        await Do(db => new CaseBook(db).Move(CaseId, CaseStatus.Closed, "Refused", ByClerk(), None));
        Assert.IsType<CaseResult.Done>(await Do(db => new CaseBook(db).Open(second, "township-a", ByClerk(), None)));
        await Refused(Unique, $"update {{case_file}} set status = 'Surveying', closed_at = null where id = '{CaseId}'");
    }

    [Fact]
    public async Task INV_13_holds_when_six_windows_open_a_case_at_the_same_time()
    {
        await Surveying();
        List<string> applications = [];
        for (var window = 0; window < 6; window++)
            applications.Add(await Apply("person-wang"));
        var deeds = applications.ConvertAll(_ => ByClerk());

        var opened = await Task.WhenAll(applications.Zip(deeds, (application, deed) =>
            Task.Run(() => DoApart(db => new CaseBook(db).Open(application, "township-a", deed, None)))));

        var first = Assert.Single(opened.OfType<CaseResult.Done>());
        Assert.Equal(5, opened.Count(result => result == new CaseResult.SameOpenCase(first.CaseId)));
    }

    private async Task<string> Apply(string personId) => (await Do(db => new ApplicationBook(db).Enter(new ApplicationEntry
    {
        CountyCode = County, Channel = "window", ApplicantName = "某某某", PersonId = personId, Category = ReliefCategory.Dibao, ItemCodes = ["home-care"], Wording = "需要照料"
    }, ByClerk(), None))).Id;

    private string Submitting(string signer) => $"update {{survey_record}} set status = 'Submitted', family_signer = '{signer}' where id = '{SurveyId}'";

    private SurveySigner Signer(string id, string staffId) => new() { Id = id, SurveyId = SurveyId, StaffId = staffId, SignedAt = Morning(3, 20), Device = "d" };

    private DecisionRecord Row(string id) => new()
    {
        Id = id, CountyCode = County, CreatedAt = Morning(3, 24), CreatedBy = "x", CaseId = CaseId, SurveyId = SurveyId, Outcome = DecisionOutcome.Confirmed, RuleTrace = "[{}]",
        RuleVersion = "r1", DecidedBy = "reviewer-li", Authority = "township", EffectiveFrom = new DateOnly(2026, 3, 24), IdemKey = id
    };

    public sealed class OnSqlite() : CaseInvariantTests(StorageKind.Sqlite);

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres() : CaseInvariantTests(StorageKind.PostgreSql);
}
