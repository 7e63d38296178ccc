using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Relief.Flow.Activities;
using Relief.Flow.Activities.People;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Tests.Host;
using Relief.Flow.Tests.Storage;
using Relief.Flow.Workflows;
using Deed = Relief.Flow.Activities.Deed;

namespace Relief.Flow.Tests.Scenarios;

/// <summary>Who lives with whom (X01), kept by a clerk over REST or found by a signed survey: each lives in one household at most, and nobody is taken in who is not the clerk's to see. And who answers for whom.</summary>
public abstract class HouseholdTests(StorageKind kind) : IAsyncLifetime
{
    private const string Grandchild = "999999201601010031";
    private ReliefDesk desk = null!;

    [Fact]
    public async Task A_household_is_registered_moved_into_and_left_and_its_folder_keeps_its_number()
    {
        var first = await Kept("person-zhang", ["person-zhang", "person-hua"]);
        Assert.Equal(("99990101-0001", "99990101", "person-zhang"), (first.Text("folderNumber"), first.Text("areaCode"), first.Text("headPersonId")));
        var second = await Kept(null, ["person-zhao"]);
        Assert.Equal("99990101-0002", second.Text("folderNumber"));

        var moved = await Changed(second, new { memberIds = new[] { "person-zhao", "person-zhang" }, headPersonId = "person-zhang", houseType = "平房" });
        Assert.Equal(("person-zhang person-zhao", "99990101-0002", "平房"), (Members(moved), moved.Text("folderNumber"), moved.Text("houseType")));
        var left = await desk.Get("households/" + first.Text("id"));
        Assert.Equal(("person-hua", null), (Members(left), left.Text("headPersonId")));
        Assert.Equal(second.Text("id"), Assert.Single(await desk.List("households?person=person-zhang")).Text("id"));

        await Changed(second, new { memberIds = new[] { "person-zhang" } });
        Assert.Empty(await desk.List("households?person=person-zhao"));
        Assert.Equal(["HouseholdChanged clerk-1 03-02", "HouseholdChanged clerk-1 03-02"], (await desk.Audit("person:person-zhao")).Where(line => line.StartsWith("Household", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task What_is_no_household_is_refused_and_nothing_is_kept()
    {
        await Refused("memberIds", new { memberIds = Array.Empty<string>() });
        await Refused("memberIds", new { memberIds = new[] { "person-zhang", "person-zhang" } });
        await Refused("memberIds", new { memberIds = new[] { "person-zhang", "person-nobody" } });
        await Refused("memberIds", new { memberIds = new[] { "person-zhang", "person-jin" } });   // of another township: not this clerk's to see
        await Refused("headPersonId", new { memberIds = new[] { "person-zhang" }, headPersonId = "person-hua" });
        await Refused("houseType", new { memberIds = new[] { "person-zhang" }, houseType = new string('平', 101) });
        Assert.Empty(await desk.List("households?person=person-zhang"));

        var kept = await Kept(null, ["person-zhang"]);
        using var other = desk.Host.With(TestHost.AdminKey, "clerk-b");
        await (await other.PutAsJsonAsync("/api/v1/households/" + kept.Text("id"), new { memberIds = new[] { "person-jin" } })).Refuses(HttpStatusCode.NotFound, "household.notFound");
    }

    [Fact]
    public async Task Two_households_that_take_the_same_person_at_once_do_not_both_have_them()
    {
        var (one, other) = (await Kept(null, ["person-hua"]), await Kept(null, ["person-zhao"]));

        await Task.WhenAll(Enumerable.Range(0, 8).Select(turn => turn % 2 == 0
            ? Changed(one, new { memberIds = new[] { "person-hua", "person-zhang" } })
            : Changed(other, new { memberIds = new[] { "person-zhao", "person-zhang" } })));

        var (here, there) = (Members(await desk.Get("households/" + one.Text("id"))), Members(await desk.Get("households/" + other.Text("id"))));
        Assert.Equal(["person-hua", "person-zhang", "person-zhao"], $"{here} {there}".Split(' ').Order(StringComparer.Ordinal));

        // Nor do two surveys; what one has found so already is not written again.
        await Task.WhenAll(Enumerable.Range(0, 6).Select(turn => Found(turn % 2 == 0 ? "person-hua" : "person-zhao", "person-zhang", turn)));
        (here, there) = (Members(await desk.Get("households/" + one.Text("id"))), Members(await desk.Get("households/" + other.Text("id"))));
        Assert.Equal(["person-hua", "person-zhang", "person-zhao"], $"{here} {there}".Split(' ').Order(StringComparer.Ordinal));
        await Found("person-zhao", "person-zhang", 7);
        var kept = (await desk.Audit("household:" + other.Text("id"))).Count;
        await Found("person-zhao", "person-zhang", 8);
        Assert.Equal(kept, (await desk.Audit("household:" + other.Text("id"))).Count);
        await desk.IsSound();
    }

    [Fact]
    public async Task Whom_a_signed_survey_finds_at_home_is_the_household_from_that_moment_and_no_number_stays_in_the_clear()
    {
        await desk.Until(3, 16, 9);
        await desk.Applies(Applicant.Zhang, "home-care");
        await desk.TeamIsSent("surveyor-qian", "surveyor-sun");
        await desk.Until(3, 20, 16);
        var task = await IsCorrected();
        await (await desk.Posts("surveyor-qian", $"tasks/{task}/claim", new { })).Is(HttpStatusCode.OK);
        var sent = await Visit("surveyor-qian").SendUnoffered($"/tasks/{task}/complete", ("outcome", "Submit"), ("f.opinion", "Recommended"), ("f.familySigner", "本人"), ("f.photoCount", "2"), ("f.houseType", "砖瓦房"),
            ("f.signatures.0.staffId", "surveyor-qian"), ("f.signatures.0.signedAt", "2026-03-20T15:00"), ("f.signatures.0.device", "d-1"), ("f.signatures.1.staffId", "surveyor-sun"), ("f.signatures.1.signedAt", "2026-03-20T15:02"),
            ("f.signatures.1.device", "d-2"), ("f.family.0.name", "张某某"), ("f.family.0.idNumber", Applicant.Zhang.IdNumber), ("f.family.0.isHead", "true"), ("f.family.1.name", "华某某"), ("f.family.1.birthDate", "1955-09-30"),
            ("f.family.2.name", "张小某"), ("f.family.2.sex", "M"), ("f.family.2.idNumber", Grandchild));
        Assert.Equal(HttpStatusCode.OK, sent.Status);
        await desk.Settles();
        Assert.Equal("InReview", await desk.Status());
        var found = Assert.Single(await desk.List("households?person=person-zhang"));
        Assert.Equal(("99990101-0001", "person-zhang", "砖瓦房"), (found.Text("folderNumber"), found.Text("headPersonId"), found.Text("houseType")));
        var child = Assert.Single(Members(found).Split(' '), member => member is not ("person-zhang" or "person-hua"));
        Assert.Equal(child, (await (await desk.Posts("clerk-1", "persons/search", new { countyCode = "999900", idNumber = Grandchild })).Is(HttpStatusCode.OK)).Text("personId"));
        var result = (await desk.Get("tasks/" + task)).GetProperty("result");
        Assert.Equal("张小某", result.GetProperty("family")[2].Text("name"));
        Assert.DoesNotContain(Grandchild, result.GetRawText(), StringComparison.Ordinal);
        foreach (var instance in await desk.List("instances?correlationId=case:" + desk.CaseId))
            Assert.DoesNotContain(Grandchild, await desk.Host.Client.GetStringAsync($"/api/v1/instances/{instance.Text("id")}/journal"), StringComparison.Ordinal);

        using var names = desk.Host.With(TestHost.AdminKey, "clerk-1");
        await (await names.PutAsJsonAsync($"/api/v1/persons/{child}/guardian", new { guardianId = "person-zhang", ground = "NaturalGuardian", paper = "户口簿-1" })).Is(HttpStatusCode.OK);
        await IsOnItsPages(found.Text("id")!, (await desk.Case()).GetProperty("case").Text("number")!);
        await desk.IsSound();
    }

    // What is no household is sent back each time, and nothing of it is kept; the task that is open in the end.
    private async Task<string> IsCorrected()
    {
        var bad = await (await desk.Tries("surveyor-qian", "survey", "Submit", Survey(new { name = "张小某", idNumber = "123" }))).Refuses(HttpStatusCode.UnprocessableEntity, "task.formInvalid");
        Assert.Equal("data.family[0].idNumber", Assert.Single(bad.GetProperty("errors").EnumerateObject()).Name);
        var kind = "survey";
        foreach (var (problem, family) in new (string, object[])[]
        {
            ("MemberIncomplete", [new { name = "张小某", idNumber = Grandchild }]), ("MemberUnknown", [new { name = "张小某", birthDate = "2016-01-01" }]), ("MemberOther", [new { name = "张小某", idNumber = Applicant.Zhang.IdNumber }]),
            ("MemberTwice", [new { name = "华某某", birthDate = "1955-09-30" }, new { name = "华某某", birthDate = "1955-09-30" }]), ("TwoHeads", [new { name = "张某某", isHead = true }, new { name = "华某某", isHead = true }])
        })
        {
            await desk.Decides("surveyor-qian", kind, "Submit", Survey(family));
            kind = "survey-correction";
            Assert.Equal(problem, (await desk.Get("tasks/" + (await desk.Task(kind)).Text("id"))).GetProperty("data").Text("problem"));
        }

        Assert.Empty(await desk.List("households?person=person-zhang"));
        return (await desk.Task(kind)).Text("id")!;
    }

    private async Task IsOnItsPages(string household, string caseNumber)
    {
        Assert.Contains($"/console/households/{household}", await Visit("clerk-1").Open("/console/households?village=99990101"), StringComparison.Ordinal);
        Assert.DoesNotContain(household, await Visit("clerk-1").Open("/console/households?village=99990102"), StringComparison.Ordinal);
        var sheet = await Visit("clerk-1").Open("/console/households/" + household);
        foreach (var sign in new[] { "99990101-0001", "张某某 · 户主", "张小某", "张某某 · 法定监护", "砖瓦房", caseNumber })
            Assert.Contains(sign, sheet, StringComparison.Ordinal);
        Assert.DoesNotContain(household, await Visit("clerk-b").Open("/console/households"), StringComparison.Ordinal);
        await Visit("clerk-b").Open("/console/households/" + household, HttpStatusCode.NotFound);
        Assert.DoesNotContain("张小某", await new PageVisit(await desk.Host.WithRoles("auditor")).Open("/console/households/" + household), StringComparison.Ordinal);   // who only looks on reads no names
    }

    [Fact]
    [Trait("Proves", "E10")]
    public async Task A_child_s_guardian_is_named_on_a_paper_replaced_and_refused_where_they_cannot_be_one()
    {
        var child = await desk.Host.Records.Change(db => new PersonBook(db, desk.Host.Records.Key).Enter(new PersonEntry
        {
            CountyCode = "999900", IdNumber = "999999201803040021", Name = "许某某", Sex = "F", BirthDate = new DateOnly(2018, 3, 4), AreaCode = "99990101"
        }, new Deed("clerk-1", ReliefDesk.On(3, 2), "child"), default), default);
        await desk.Set(db => db.Insert(new KinDeclaration { Id = "kin-9", StaffId = "clerk-2", PersonId = child.Id, Relation = "kin", DeclaredAt = ReliefDesk.On(3, 1) }, default));
        object Named(string? guardianId, string? ground = "NaturalGuardian", string? capacity = null) => new { guardianId, ground, paper = "出生医学证明-1", capacity };
        Task<HttpResponseMessage> Puts(string person, object body, string by = "clerk-1") => desk.Host.With(TestHost.AdminKey, by).PutAsJsonAsync($"/api/v1/persons/{person}/guardian", body);

        var wrong = await (await Puts(child.Id, new { })).Refuses(HttpStatusCode.UnprocessableEntity, "request.invalid");
        Assert.Equal(["ground", "guardianId", "paper"], wrong.GetProperty("errors").EnumerateObject().Select(field => field.Name).Order());
        foreach (var bad in new[] { Named(null), Named("person-hua", capacity: "Limited"), new { guardianId = "person-hua", ground = "NaturalGuardian", paper = "999999194705120001" } })
            Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Puts(child.Id, bad)).StatusCode);
        var self = await (await Puts(child.Id, Named(child.Id))).Refuses(HttpStatusCode.UnprocessableEntity, "guardian.self");
        Assert.True(self.GetProperty("errors").TryGetProperty("guardianId", out _));
        await (await Puts(child.Id, Named("person-nobody"))).Refuses(HttpStatusCode.UnprocessableEntity, "guardian.unknown");
        await (await Puts("person-hua", Named("person-zhang"))).Refuses(HttpStatusCode.Conflict, "guardian.notNeeded");
        await (await Puts("person-jin", Named("person-hua"))).Refuses(HttpStatusCode.NotFound, "person.notFound");   // of another township
        await (await Puts(child.Id, Named("person-hua"), "clerk-2")).Refuses(HttpStatusCode.Forbidden, "guardian.kin");
        Assert.Null((await desk.Sees("clerk-1", $"persons/{child.Id}/guardian")).Text("guardianId"));

        await (await Puts(child.Id, Named("person-hua"))).Is(HttpStatusCode.OK);
        await (await Puts(child.Id, Named("person-zhang", "CourtDecision"))).Is(HttpStatusCode.OK);
        var kept = await desk.Sees("clerk-1", $"persons/{child.Id}/guardian");
        Assert.Equal(("person-zhang", "CourtDecision", "出生医学证明-1", "False"), (kept.Text("guardianId"), kept.Text("ground"), kept.Text("paper"), kept.Text("alleged")));
        Assert.Equal(["GuardianNamed clerk-1 03-02", "GuardianNamed clerk-1 03-02"], (await desk.Audit("person:" + child.Id)).Where(line => line.StartsWith("Guardian", StringComparison.Ordinal)));
    }

    public async Task InitializeAsync()
    {
        desk = await ReliefDesk.On(kind);
        await desk.Until(3, 2, 9);
    }

    public async Task DisposeAsync() => await desk.DisposeAsync();

    private PageVisit Visit(string by) => new(desk.Host.With(TestHost.AdminKey, by));

    private Task<Household> Found(string person, string with, int turn) => desk.Host.Records.Change(
        db => new HouseholdBook(db).KeepOf(person, new HouseholdEntry([person, with], null, null), new Deed("surveyor-qian", ReliefDesk.On(3, 2), $"found-{turn}"), default), default);

    private static object Survey(params object[] family) => new
    {
        signatures = new[] { new { staffId = "surveyor-qian", signedAt = ReliefDesk.On(3, 20, 15), device = "d-1" }, new { staffId = "surveyor-sun", signedAt = ReliefDesk.On(3, 20, 15, 2), device = "d-2" } },
        opinion = "Recommended", familySigner = "本人", photoCount = 2, family
    };

    private async Task<JsonElement> Kept(string? headPersonId, string[] memberIds) =>
        await (await desk.Posts("clerk-1", "households", new { memberIds, headPersonId })).Is(HttpStatusCode.Created);

    private async Task<JsonElement> Changed(JsonElement household, object body)
    {
        using var client = desk.Host.With(TestHost.AdminKey, "clerk-1");
        return await (await client.PutAsJsonAsync("/api/v1/households/" + household.Text("id"), body)).Is(HttpStatusCode.OK);
    }

    private async Task Refused(string field, object body) =>
        Assert.True((await (await desk.Posts("clerk-1", "households", body)).Refuses(HttpStatusCode.UnprocessableEntity, "request.invalid")).GetProperty("errors").TryGetProperty(field, out _));

    private static string Members(JsonElement household) => string.Join(' ', household.GetProperty("memberIds").EnumerateArray().Select(member => member.GetString()));

    public sealed class OnSqlite() : HouseholdTests(StorageKind.Sqlite);

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres() : HouseholdTests(StorageKind.PostgreSql);
}
