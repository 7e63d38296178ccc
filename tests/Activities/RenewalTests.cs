using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities;
using Relief.Flow.Activities.Neighbours;
using Relief.Flow.Activities.Pairs;
using Relief.Flow.Activities.Parameters;
using Relief.Flow.Activities.People;
using Relief.Flow.Activities.RedVest;
using Relief.Flow.Activities.Renewals;
using Relief.Flow.Activities.Seed;
using Relief.Flow.Activities.Suppliers;
using Relief.Flow.Activities.Visits;
using Relief.Flow.Tests.Pathways;
using Relief.Flow.Tests.Storage;
using Relief.Flow.Workflows;
using static System.Threading.CancellationToken;

namespace Relief.Flow.Tests.Activities;

/// <summary>What somebody must hold to serve runs out, is asked for, is renewed or not, and nobody serves without it (P09, INV-16).</summary>
public abstract class RenewalTests(StorageKind kind) : ReliefTest(kind)
{
    private static readonly DateOnly First = new(2026, 4, 1), Last = new(2026, 4, 30);
    private Stage stage = null!;
    private IReadOnlyList<string> visits = [];

    [Fact]
    public async Task What_runs_out_is_found_and_renewed_by_who_has_to_with_days_that_can_be()
    {
        await Serving();
        Assert.Equal(
            ["Training first-aid PV-A 2026-04-10", "BackgroundCheck worker-a1 PV-A 2026-04-12", "Licence PV-A 999900 2026-04-14", "NeighbourCourse course-1 999900 2026-04-16", "VolunteerTraining volunteer-you 999900 2026-04-18"],
            (await Ending()).Select(one => $"{one.Kind} {(one.Kind == QualificationKind.VolunteerTraining ? one.Holder : one.Id)} {one.Unit} {one.ValidTo:yyyy-MM-dd}"));

        await Renews("Training", "supplier-a", "T-2", "validFrom", "2026-04-04", "2026-04-05", "2025-04-10");
        await Renews("BackgroundCheck", "supplier-a", "B-2", "validFrom", "2026-04-04", "2026-04-05", "2025-04-12");
        await Renews("Licence", "county-officer-1", "L-2", "validTo", "2028-04-14", "2026-04-14", "soon");
        await Renews("NeighbourCourse", "trainer-1", "C-2", "validFrom", "2026-04-04", "2026-04-05", "2024-04-16");
        await Renews("VolunteerTraining", "trainer-1", "Z-2", "validTo", "2028-04-18", "2026-04-18", "soon");
        Assert.Equal(["unit:999900", "staff:volunteer-you"], stage.Notices.TakeLast(2).Select(notice => notice.To));
        Assert.Empty(await Ending());
        Assert.Equal(["county-officer-1", "supplier-a", "supplier-a", "trainer-1", "trainer-1"], await Do(db => db.Set<Relief.Flow.Activities.Audit.AuditEvent>()
            .Where(row => row.What == "WorkerCertified" || row.What == "WorkerChecked" || row.What == "LicenceRenewed" || row.What == "HelperCertified" || row.What == "VolunteerCertified").Where(row => row.DoneAt == Morning(4, 4)).Select(row => row.DoneBy).Order().ToListAsync()));
    }

    [Fact]
    public async Task What_is_not_renewed_is_told_and_nobody_is_sent_or_chosen_any_more()
    {
        await Serving();
        var licence = Step((await Ending()).Single(one => one.Kind == QualificationKind.Licence));
        await stage.Begin(licence);
        Assert.Equal(Morning(4, 14).AddHours(15).AddSeconds(-1), stage.DueOf<RenewQualification>());
        await stage.Arrives(licence, "task.due");
        Assert.Equal(["qualification.ending unit:999900", "qualification.ended unit:999900"], stage.Notices.Select(notice => $"{notice.Template} {notice.To}"));
        Assert.IsType<Waiting>(await stage.Decide(licence, "NotRenewed", "county-officer-1"));
        Assert.Equal("ReasonMissing", stage.TaskOf<RenewQualification>().Data.GetProperty("problem").GetString());
        Assert.Equal("NotRenewed", Assert.IsType<Completed>(await stage.Decide(licence, "NotRenewed", "county-officer-1", new { reason = "停业" })).Outcome);
        Assert.Equal(["worker-a1"], await Qualified(visits[0]));   // on its last day
        Assert.Empty(await Qualified(visits[1]));
        Assert.DoesNotContain("PV-A", await Do(async db => (await new SupplierQueries(db).Rank(new SupplierWish { CountyCode = County, AreaCode = "99990101", ItemCodes = ["cleaning"], On = new DateOnly(2026, 4, 20) }, None)).Select(one => one.SupplierId)));

        // Who serves no more has nothing to renew.
        var training = Step((await Ending()).Single(one => one.Kind == QualificationKind.Training));
        await Do(db => new SupplierBook(db).Set("PV-A", SupplierStatus.Suspended, "停业", ByClerk(), None));
        Assert.Equal("Renewed", Assert.IsType<Completed>(await stage.Begin(training)).Outcome);
        Assert.DoesNotContain(await Ending(), one => one.Unit == "PV-A");
    }

    private async Task Renews(string kind, string by, string certificate, string field, string day, params string[] wrong)
    {
        var held = (await Ending()).Single(one => one.Kind.ToString() == kind);
        var step = Step(held);
        Assert.IsType<Waiting>(await stage.Begin(step));
        Assert.IsType<Waiting>(await stage.Decide(step, "Renewed", by, new Dictionary<string, string> { ["certificate"] = " ", [field] = day }));
        Assert.Equal("CertificateMissing", stage.TaskOf<RenewQualification>().Data.GetProperty("problem").GetString());
        foreach (var bad in wrong)
        {
            Assert.IsType<Waiting>(await stage.Decide(step, "Renewed", by, new Dictionary<string, string> { ["certificate"] = certificate, [field] = bad }));
            Assert.Equal((bad, "RenewalDayInvalid"), (bad, stage.TaskOf<RenewQualification>().Data.GetProperty("problem").GetString()));
        }

        Assert.Equal("Renewed", Assert.IsType<Completed>(await stage.Decide(step, "Renewed", by, new Dictionary<string, string> { ["certificate"] = certificate, [field] = day })).Outcome);
    }

    private async Task Serving()
    {
        stage = new Stage(InUnit) { Now = Morning(4, 4) };
        await Do(db => new ExampleCounty(db, new PersonalDataKey(new byte[32])).Write(Morning(1, 5), None));
        await Do(async db =>
        {
            await new ParameterBook(db).WritePresets(None);
            var orderId = Assert.Single(await ServedOrders.Of(db, "person-zhang", ReliefCategory.Dibao, "PV-A", "cleaning"));
            visits = await new VisitBook(db).Schedule(orderId, [.. new[] { 14, 15 }.Select(day => new PlannedVisit("cleaning", Morning(4, day), Morning(4, day).AddHours(1)))], ByClerk(), None);
            foreach (var (id, to) in new[] { ("first-aid-old", new DateOnly(2026, 4, 2)), ("first-aid", new DateOnly(2026, 4, 10)) })
                await db.Insert(new WorkerTraining { Id = id, WorkerId = "worker-a1", Course = "first-aid", Certificate = id, ValidFrom = new DateOnly(2025, 4, 11), ValidTo = to }, None);
            await db.Replace(await db.Set<Worker>().SingleAsync(row => row.Id == "worker-a1") with { BackgroundCheckedOn = new DateOnly(2025, 4, 12) }, None);
            foreach (var other in await db.Set<Worker>().Where(row => row.SupplierId == "PV-A" && row.Id != "worker-a1").ToListAsync())
                await db.Replace(other with { Active = false }, None);
            await db.Replace(await db.Set<Supplier>().SingleAsync(row => row.Id == "PV-A") with { LicenceUntil = new DateOnly(2026, 4, 14), ChildVetting = true }, None);
            await new NeighbourBook(db).Enrol(new NeighbourVolunteer
            {
                Id = "neighbour-1", CountyCode = County, CreatedAt = Morning(1, 5), CreatedBy = "clerk-1", AreaCode = "99990101", Name = "何某某", BirthDate = new DateOnly(1970, 1, 1), BankAccount = "0001"
            }, ByClerk(), None);
            await new NeighbourBook(db).Certify(new CourseCertificate { Id = "course-1", HelperId = "neighbour-1", Certificate = "C-1", ValidFrom = new DateOnly(2024, 4, 17), ValidTo = new DateOnly(2026, 4, 16) }, ByClerk(), None);
            Assert.Null(await new TeamBook(db).Join((orderId, "person-zhang", "999901"), [new NamedMember("volunteer-you", TeamRole.Volunteer) { Certificate = "Z-1", ValidTo = "2026-04-18" }], ByClerk(), None));
            await db.Insert(new Pair
            {
                Id = "pair-1", CountyCode = County, CreatedAt = Morning(3, 24), CreatedBy = "clerk-1", OrderId = orderId, PersonId = "person-zhang", Kind = PairKind.Neighbour, HelperId = "neighbour-1", Status = PairStatus.Active,
                PersonAgreedAt = Morning(3, 24), HelperAgreedAt = Morning(3, 24), PairedOn = new DateOnly(2026, 3, 24), NoChargeAt = Morning(3, 24), IdemKey = "pair-1"
            }, None);
        });
    }

    private static RenewQualification Step(Qualification held) => new() { CountyCode = held.CountyCode, Kind = held.Kind, QualificationId = held.Id, ValidTo = held.ValidTo };

    private Task<IReadOnlyList<Qualification>> Ending() => Do(db => new QualificationQueries(db, County).Ending(First, Last, None));

    private Task<string[]> Qualified(string visitId) => Do<string[]>(async db =>
        [.. (await TrainingGate.Qualified(db, await db.Set<VisitSlot>().Where(row => row.Id == visitId).ToListAsync(), None))[visitId]]);

    public sealed class OnSqlite() : RenewalTests(StorageKind.Sqlite);

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres() : RenewalTests(StorageKind.PostgreSql);
}
