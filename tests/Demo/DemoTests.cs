using Relief.Flow.Host.Demo;
using Relief.Flow.Tests.Scenarios;
using static System.Threading.CancellationToken;

namespace Relief.Flow.Tests.Demo;

/// <summary>The stories of <c>-- demo</c>, each told in this process, with the figures that it ends with.</summary>
public sealed class DemoTests : IAsyncLifetime
{
    private readonly StringWriter told = new();
    private ReliefDesk desk = null!;

    [Fact]
    public async Task Who_moves_into_an_institution_is_paid_for_the_days_he_was_there() =>
        Ends(await new InstitutionalCare(desk.Caller, told).Play(None), "InService Active", "paid 2800, reserved 24500, spent 2800, available 172700");

    [Fact]
    public async Task A_department_trains_and_the_goal_is_met() =>
        Ends(await new DepartmentalLinkage(desk.Caller, told).Play(None), "Stopping Ended", "sessions 10, attended 8");

    [Fact]
    public async Task A_party_member_visits_and_brings_goods() =>
        Ends(await new PartyPairing(desk.Caller, told).Play(None), "Stopping Ended", "contacts 2, longestGap 27, goods 240, spent 0");

    [Fact]
    public async Task A_red_vest_team_meets_its_goal() =>
        Ends(await new RedVest(desk.Caller, told).Play(None), "InService Ended", "team 3, sessions 2, hours 5");

    [Fact]
    public async Task Neighbours_are_paid_for_the_year_in_January() =>
        Ends(await new NeighbourAid(desk.Caller, told).Play(None), "InService Active", "visits 3, granted 30, spent 30");

    [Fact]
    public async Task A_charity_gives_a_coat_and_deletes_the_name() =>
        Ends(await new CharityRelief(desk.Caller, told).Play(None), "Stopping Ended", "listed 1, names 0, goods 300");

    [Fact]
    public async Task Who_fell_is_helped_the_same_day_and_decided_on_the_tenth_working_day() =>
        Ends(await new HelpAtOnce(desk.Caller, told).Play(None), "InService Active", "visits 7, hours 7, approved 420, reserved 420, open 0");

    [Fact]
    public async Task At_the_close_of_the_year_what_was_served_is_paid_one_reservation_goes_on_and_the_rest_expires() =>
        Ends(await new TurnOfTheYear(desk.Caller, told).Play(None), "InService Ended", "accrued 525, carried 15, expired 120, paid 525");

    [Fact]
    public async Task A_county_that_was_urged_twice_finds_two_households() =>
        Ends(await new UrgedCounty(desk.Caller, told).Play(None), "Settled", "rounds 2, before 0, after 2");

    [Theory]
    [InlineData("red-vest", true)]
    [InlineData("social-work-volunteer", true)]
    [InlineData("government-purchase", true)]
    [InlineData("party", false)]
    public void A_story_is_found_by_its_name(string name, bool isThere) => Assert.Equal(isThere, Demos.Find(name) is not null);

    [Fact]
    public async Task An_unknown_name_prints_the_list_and_ends_with_2()
    {
        Assert.Equal(2, await DemoCommand.Run("nothing", told, None));
        Assert.All(Demos.All, one => Assert.Contains("demo " + one.Name, told.ToString(), StringComparison.Ordinal));
    }

    public async Task InitializeAsync() => desk = await ReliefDesk.OnSqlite();

    public async Task DisposeAsync()
    {
        await desk.DisposeAsync();
        await told.DisposeAsync();
    }

    private void Ends(PathwayFigures end, string states, string figures)
    {
        Assert.Equal(figures, string.Join(", ", end.Figures.Select(figure => FormattableString.Invariant($"{figure.Key} {figure.Value:0.##}"))));
        Assert.Equal((states, 0), (end.Status, end.Violations));
        Assert.Contains(" · " + figures.Replace(", ", " · ", StringComparison.Ordinal), told.ToString(), StringComparison.Ordinal);
    }
}
