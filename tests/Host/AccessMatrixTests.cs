using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Relief.Flow.Host.Access;
using Relief.Flow.Host.Console;

namespace Relief.Flow.Tests.Host;

/// <summary>Every endpoint × every role, asked for real: who may not is refused before anything is read or done.</summary>
/// <remarks>The table of endpoints is committed; whoever adds one says in it who may use it.</remarks>
public sealed partial class AccessMatrixTests(ApiFixture fixture) : IClassFixture<ApiFixture>
{
    private const string Anyone = "anyone";

    private static readonly string[] AllRoles = [.. Roles.OfSystems, .. Roles.OfPeople];

    private readonly TestHost _host = fixture.Host;

    /// <summary>After a change that is meant: run this test with UPDATE_SNAPSHOTS=1 and commit the file.</summary>
    [Fact]
    public async Task The_table_of_endpoints_is_the_committed_one()
    {
        var file = Repository.At("tests", "Host", "access.txt");
        var now = string.Join('\n', Doors().Select(door => door.ToString()).Order(StringComparer.Ordinal)) + "\n";
        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1")
            await File.WriteAllTextAsync(file, now);

        Assert.Equal(await File.ReadAllTextAsync(file), now);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("rf_forged-key-that-nobody-has-made")]
    public async Task A_stranger_is_turned_away_at_every_door_that_is_not_for_anyone(string? key)
    {
        var stranger = _host.With(key);
        List<string> open = [];
        foreach (var door in Doors().Where(door => door.Policy != Anyone))
        {
            using var answer = await Knock(stranger, door);
            if (answer.StatusCode is not HttpStatusCode.Unauthorized && !(door.IsPage && answer.RequestMessage!.RequestUri!.AbsolutePath == "/studio/sign-in"))
                open.Add($"{door}: {(int)answer.StatusCode}");
        }

        Assert.Empty(open);
    }

    [Fact]
    public async Task A_role_is_turned_away_at_every_door_that_is_not_its_own()
    {
        List<string> wrong = [];
        foreach (var role in AllRoles)
        {
            var client = await _host.WithRoles(role);
            foreach (var door in Doors().Where(door => door.Policy != Anyone && !Policies.RolesOf(door.Policy).Contains(role)))
            {
                using var answer = await Knock(client, door);
                if (answer.StatusCode is not HttpStatusCode.Forbidden)
                    wrong.Add($"{role} at {door}: {(int)answer.StatusCode}");
            }
        }

        Assert.Empty(wrong);
    }

    /// <summary>The table does not shut out those whom it lets in: one role for each policy, at the doors that only look.</summary>
    [Fact]
    public async Task A_role_is_let_in_at_its_own_doors()
    {
        List<string> wrong = [];
        foreach (var policy in Policies.All)
        {
            var role = Policies.RolesOf(policy)[^1];
            var client = await _host.WithRoles(role);
            foreach (var door in Doors().Where(door => door.Policy == policy && door.Method == "GET"))
            {
                using var answer = await Knock(client, door);
                if (answer.StatusCode is HttpStatusCode.Unauthorized || answer.StatusCode is HttpStatusCode.Forbidden && (await answer.Json()).Text("code") == "auth.forbidden")
                    wrong.Add($"{role} at {door}: {(int)answer.StatusCode}");
            }
        }

        Assert.Empty(wrong);
    }

    /// <summary>What an address names is guarded by whose it is, or is said to be open to all who have the right: nothing new is either by oversight.</summary>
    [Fact]
    public void Every_thing_that_an_address_names_is_guarded_or_said_to_be_open()
    {
        var words = _host.Part<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Where(route => route.RoutePattern.RawText!.StartsWith("/api/v1/", StringComparison.Ordinal))
            .SelectMany(RecordGate.Named).Select(named => named.Word).Distinct().Order().ToList();
        Assert.Empty(words.Except(RecordGate.Guarded).Except(RecordGate.Open));
        Assert.Empty(RecordGate.Open.Except(words));
        Assert.Empty(RecordGate.Guarded.Except(words).Except(["board"]));
    }

    private static async Task<HttpResponseMessage> Knock(HttpClient client, Door door)
    {
        using var request = new HttpRequestMessage(new HttpMethod(door.Method), Place().Replace(door.Path, place => place.Value.Contains(":int", StringComparison.Ordinal) ? "9" : "00000000-0000-0000-0000-000000000009"));
        if (door.TakesFiles)
            request.Content = new MultipartFormDataContent { { new StringContent("{}"), "files", "one.json" } };
        else if (door.Method is not ("GET" or "DELETE" or "HEAD"))
            request.Content = Answers.Body("{}");
        return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    private IEnumerable<Door> Doors() =>
        from endpoint in _host.Part<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        let path = "/" + endpoint.RoutePattern.RawText!.Trim('/')
        let needs = endpoint.Metadata.GetMetadata<Needs>()
        let policy = endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null ? Anyone : needs?.Right ?? PolicyOf(endpoint)
        from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"]
        select new Door(method, path, policy) { IsPage = needs is not null, TakesFiles = endpoint.Metadata.GetMetadata<IAcceptsMetadata>()?.ContentTypes.Contains("multipart/form-data") == true };

    // The last one is the narrowest: a group says who may look, its deeds who may act.
    private static string PolicyOf(RouteEndpoint endpoint) =>
        endpoint.Metadata.OfType<IAuthorizeData>().LastOrDefault()?.Policy ?? Anyone;

    [GeneratedRegex("\\{[^}]+\\}")]
    private static partial Regex Place();

    private sealed record Door(string Method, string Path, string Policy)
    {
        public bool TakesFiles { get; init; }

        /// <summary>It sends a stranger to the door instead of refusing.</summary>
        public bool IsPage { get; init; }

        public override string ToString() => $"{Path} {Method} {Policy}{(IsPage ? " page" : "")}";
    }
}
