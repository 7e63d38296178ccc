using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Charities;
using Relief.Flow.Activities.Orders;
using Relief.Flow.Activities.RedVest;
using Relief.Flow.Activities.Tickets;
using Relief.Flow.Tests.Storage;
using Relief.Flow.Workflows;
using static System.Threading.CancellationToken;
using Deed = Relief.Flow.Activities.Deed;

namespace Relief.Flow.Tests.Activities;

/// <summary>The attempts to break what must hold about charities' lists, Red Vest teams and tickets: through the books, and past them by bare statements.</summary>
public abstract class PartnerInvariantTests(StorageKind kind) : PurchaseTest(kind)
{
    private string projectId = "";
    private Order order = null!;

    [Fact]
    public async Task INV_26_no_name_goes_on_a_list_without_a_consent_to_this_charity()
    {
        await Ready();
        Assert.Equal("NoConsent", (await Nominate()).Problem);
        var refused = await Consents("CH-1", false);
        Assert.Equal("NoConsent", (await Nominate()).Problem);
        await Refused("INV-25", "update {data_consent} set granted = not granted");
        await Refused("INV-25", "delete from {data_consent}");

        var other = (await Project("CH-1", 1)).Id;
        await Refused(Unique, db => db.Insert(refused with { Id = "again", Granted = true }, None));
        await Refused("INV-26", db => db.Insert(Name("bare", refused.Id) with { ProjectId = other! }, None));
    }

    [Fact]
    public async Task INV_26_a_list_is_sent_by_two_officers_and_ends_deleted_with_a_certificate()
    {
        await Ready();
        await Consents("CH-1", true);
        var place = (await Nominate()).Nomination!;
        Assert.Equal(place.Id, (await Nominate()).Nomination!.Id);
        Assert.False(await Do(db => new CharityLists(db).Send(place.ListId, ByClerk("county-officer-1"), None)));
        Assert.True(await Do(db => new CharityLists(db).Compile(place.ListId, ByClerk("county-officer-1"), None)));
        Assert.False(await Do(db => new CharityLists(db).Send(place.ListId, ByClerk("county-officer-1"), None)));
        await Refused("four_eyes", "update {charity_list} set checked_by = compiled_by");
        await Refused("sent_by_two", "update {charity_list} set status = 'Sent'");
        Assert.True(await Do(db => new CharityLists(db).Send(place.ListId, ByClerk("county-officer-2"), None)));
        await Refused("INV-26", "update {charity_list} set status = 'Open'");
        await Refused("INV-26", db => db.Insert(place with { Id = "late", OrderId = "another" }, None));

        Assert.False(await Do(db => new CharityLists(db).Delete(place.ListId, "D-1", ByClerk("charity-1"), None)));
        await Do(db => new CharityLists(db).Withdraw(place, "Stopped", None));
        Assert.True(await Do(db => new CharityLists(db).Finish(place.ListId, ByClerk(), None)));
        await Refused("deleted_with_certificate", "update {charity_list} set status = 'Deleted'");
        Assert.True(await Do(db => new CharityLists(db).Delete(place.ListId, "D-1", ByClerk("charity-1"), None)));
        await Refused("INV-26", "update {charity_list} set status = 'Finished'");
        await Refused("INV-25", "delete from {charity_list}");
    }

    [Fact]
    public async Task CZ_100_nobody_is_assessed_by_a_team_that_lacks_a_role_and_only_its_social_worker_writes_its_sessions()
    {
        await Ready();
        Assert.Null(await Join("assistant-qin", TeamRole.Assistant));
        Assert.Equal("NotInRole", await Join("volunteer-you", TeamRole.SocialWorker));
        Assert.Null(await Join("volunteer-you", TeamRole.Volunteer));
        await Refused("CZ-100", db => db.Insert(Assessment(), None));
        Assert.Null(await Join("social-worker-zhu", TeamRole.SocialWorker));
        await Do(db => db.Insert(Assessment(), None));
        await Refused("INV-25", "update {precise_assessment} set risk = 'Low'");
        await Refused("CZ-100", db => db.Insert(Session("volunteer-you"), None));
        await Refused("CZ-100", db => db.Insert(Session("social-worker-zhu") with { VolunteerId = "duty-1" }, None));

        await Do(db => new TeamBook(db).Leave(order.Id, "volunteer-you", TeamBook.TookMoney, ByClerk(), None));
        Assert.Equal("VolunteerBarred", await Join("volunteer-you", TeamRole.Volunteer));
        await Refused("left_because", "update {team_member} set left_at = created_at, left_because = null");
    }

    [Fact]
    public async Task INV_16_a_volunteer_whose_certificates_have_ended_joins_no_team_and_holds_no_session_until_they_show_another()
    {
        await Ready();
        await Do(db => new OrderBook(db).Send(order.Id, "station-1", ByClerk(), None));
        foreach (var (wrong, problem) in new[]
                 {
                     (Shown(null, "2026-12-31"), "CertificateInvalid"), (Shown(" ", null), "CertificateInvalid"), (Shown("Z-1", "soon"), "CertificateInvalid"), (Shown(new string('9', 101), null), "CertificateInvalid"),
                     (Shown("Z-1", "2026-03-15"), "VolunteerCertificateEnded"), (Shown("Z-1", null) with { StaffId = "assistant-qin", Role = TeamRole.Assistant }, "CertificateInvalid")
                 })
            Assert.Equal(problem, await Join(wrong));
        Assert.Null(await Join(Shown("Z-1", "2026-03-16")));   // on its last day
        Assert.Null(await Join("social-worker-zhu", TeamRole.SocialWorker));
        foreach (var status in new[] { OrderStatus.Accepted, OrderStatus.Active })
            await Do(db => new OrderBook(db).Move(order.Id, status, ByClerk(), None));
        Assert.Equal("VolunteerCertificateEnded", await Held(17));
        Assert.Null(await Held(16));

        await Do(db => new TeamBook(db).Leave(order.Id, "volunteer-you", "NoShow", ByClerk(), None));
        var later = Morning(3, 17);
        Assert.Equal("VolunteerCertificateEnded", await Join(new NamedMember("volunteer-you", TeamRole.Volunteer), later));
        await Refused("INV-16", db => db.Insert(new TeamMember { Id = "bare", CountyCode = County, CreatedAt = later, CreatedBy = "x", OrderId = order.Id, StaffId = "volunteer-you", Role = TeamRole.Volunteer }, None));
        Assert.Null(await Join(Shown("Z-2", null), later));   // without an end
        Assert.Null(await Held(18));
    }

    [Fact]
    public async Task INV_25_a_ticket_stays_and_is_settled_once()
    {
        var ticket = new Ticket
        {
            Id = "t1", CountyCode = County, CreatedAt = Morning(3, 16), CreatedBy = "system", Kind = "charity.Charged", Subject = "order:1", Reason = "收费", UnitCode = "999901",
            DueAt = Morning(3, 23), Status = TicketStatus.Open, IdemKey = "t1"
        };
        await Do(db => new TicketBook(db).Open(ticket, None));
        Assert.Equal("t1", (await Do(db => new TicketBook(db).Open(ticket with { Id = "t2" }, None))).Id);
        await Refused("ticket_settled", "update {ticket} set status = 'Settled'");
        Assert.True(await Do(db => new TicketBook(db).Settle("t1", "Founded", "退还", ByClerk(), None)));
        Assert.False(await Do(db => new TicketBook(db).Settle("t1", "Unfounded", "", ByClerk(), None)));
        await Refused("INV-25", "update {ticket} set outcome = 'Unfounded'");
        await Refused("INV-25", "delete from {ticket}");
    }

    private async Task Ready()
    {
        await Surveying();
        projectId = (await Project("CH-1", 1)).Id!;
        var made = Assert.IsType<OrderResult.Done>(await Do(db => new OrderBook(db).Create(new OrderEntry(CaseId, [], "M7", new DateOnly(2026, 4, 1), new DateOnly(2026, 12, 31)), ByClerk(), None)));
        order = await Do(db => db.Set<Order>().SingleAsync(row => row.Id == made.Id));
    }

    private Task<CharityResult> Project(string charity, int capacity) => Do(db => new CharityBook(db).Register(new ProjectForm
    {
        CountyCode = County, CharityId = charity, Name = "冬衣送暖", ItemCodes = ["charity-goods"], Capacity = capacity,
        ValidFrom = new DateOnly(2026, 1, 1), ValidTo = new DateOnly(2026, 12, 31), Contact = "示例慈善会"
    }, ByClerk("county-officer-1"), None));

    private Task<(Nomination? Nomination, string? Problem)> Nominate() => Do(db => new CharityBook(db).Nominate(order, projectId, ByClerk(), None));

    private Task<DataConsent> Consents(string recipient, bool granted) => Do(db => new CharityBook(db).Consent(new DataConsent
    {
        Id = "consent-" + recipient, CountyCode = County, CreatedAt = Morning(3, 16), CreatedBy = "clerk-1", PersonId = "person-zhang", OrderId = order.Id, RecipientId = recipient,
        Granted = granted, Form = "paper", GivenBy = "self"
    }, None));

    private Nomination Name(string id, string consentId) => new()
    {
        Id = id, CountyCode = County, CreatedAt = Morning(3, 16), CreatedBy = "x", ListId = "none", ProjectId = projectId, CharityId = "CH-1", OrderId = order.Id,
        PersonId = "person-zhang", ConsentId = consentId, Status = NominationStatus.Nominated
    };

    private Task<string?> Join(string staffId, TeamRole role) => Join(new NamedMember(staffId, role));

    private Task<string?> Join(NamedMember one, DateTimeOffset? at = null) =>
        Do(db => new TeamBook(db).Join((order.Id, "person-zhang", "999901"), [one], ByClerk("social-worker-zhu", at), None));

    private static NamedMember Shown(string? certificate, string? until) => new("volunteer-you", TeamRole.Volunteer) { Certificate = certificate, ValidTo = until };

    private async Task<string?> Held(int day)
    {
        var form = new SessionForm(new DateOnly(2026, 3, day), 1, "陪同外出", null) { VolunteerId = "volunteer-you" };
        return (await Do(db => new SessionBook(db).Hold(order.Id, form, ByClerk("social-worker-zhu", Morning(3, 18)), None))).Problem;
    }

    private PreciseAssessment Assessment() => new()
    {
        Id = "a1", CountyCode = County, CreatedAt = Morning(3, 16), CreatedBy = "social-worker-zhu", OrderId = order.Id,
        Life = 3, Health = 3, Family = 3, Mind = 3, Social = 1, Capability = 3, Risk = TeamRisk.High, RiskReason = "isolation"
    };

    private HelpSession Session(string by) => new()
    {
        Id = "s1", CountyCode = County, CreatedAt = Morning(3, 16), CreatedBy = by, OrderId = order.Id, HeldOn = new DateOnly(2026, 3, 16), VolunteerId = "volunteer-you",
        Hours = 2, Task = "陪同外出", IdemKey = "s1"
    };

    public sealed class OnSqlite() : PartnerInvariantTests(StorageKind.Sqlite);

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres() : PartnerInvariantTests(StorageKind.PostgreSql);
}
