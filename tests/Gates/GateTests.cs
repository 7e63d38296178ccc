namespace Relief.Flow.Tests.Gates;

/// <summary>No gate may be unable to fail: each is shown a planted fault, and the same source without it.</summary>
public sealed class GateTests
{
    [Theory]
    [InlineData("src/Workflows/Kernel/Now.cs", "var at = TimeProvider.System;", "System.TimeProvider")]
    [InlineData("src/Workflows/Kernel/Now.cs", "var id = Guid.NewGuid();", "System.Guid.NewGuid")]
    [InlineData("src/Workflows/Kernel/Now.cs", "Task.Yield();", "System.Threading.Tasks.Task")]
    [InlineData("src/Workflows/Kernel/Now.cs", "new global::System.Net.Http.HttpClient();", "System.Net.Http.HttpClient")]
    [InlineData("src/Workflows/Kernel/Now.cs", "File.Exists(\"a\");", "System.IO.File")]
    [InlineData("src/Workflows/Definitions/Now.cs", "Microsoft.Extensions.Logging.ILogger? log = null;", "Microsoft.Extensions.Logging.ILogger")]
    [InlineData("src/Workflows/Definitions/Now.cs", "Relief.Flow.Workflows.Kernel.Planted.Do();", "Relief.Flow.Workflows.Kernel.Planted")]
    [InlineData("src/Workflows/Definitions/Now.cs", "Kernel.Planted.Do();", "Relief.Flow.Workflows.Kernel.Planted")]
    [InlineData("src/Workflows/Expressions/Now.cs", "Kernel.Planted.Do();", "Relief.Flow.Workflows.Kernel.Planted")]
    [InlineData("src/Workflows/Storage/Now.cs", "Runtime.Planted.Do();", "Relief.Flow.Workflows.Runtime.Planted")]
    [InlineData("src/Activities/Funds/Now.cs", "Relief.Flow.Workflows.Runtime.Planted.Do();", "Relief.Flow.Workflows.Runtime.Planted")]
    [InlineData("src/Activities/Funds/Now.cs", "Relief.Flow.Activities.Orders.Planted.Do();", "Relief.Flow.Activities.Orders.Planted")]
    [InlineData("src/Host/Console/Now.cs", "Relief.Flow.Workflows.Kernel.Planted.Do();", "Relief.Flow.Workflows.Kernel.Planted")]
    [InlineData("src/Host/Console/Now.cs", "Relief.Flow.Workflows.Storage.Postgres.Planted.Do();", "Relief.Flow.Workflows.Storage.Postgres.Planted")]
    public void A_folder_that_uses_what_is_not_its_to_use_is_caught(string path, string statement, string used)
    {
        var breaches = FolderPurity.Breaches([.. Planted(), Source(path, $"public static class Now {{ public static void Do() {{ {statement} }} }}")]);

        Assert.Contains($"{path} uses {used}", breaches);
    }

    [Theory]
    [InlineData("src/Workflows/Kernel/Now.cs", "System.Threading.Tasks")]
    [InlineData("src/Workflows/Storage/Now.cs", "Microsoft.EntityFrameworkCore")]
    public void A_using_of_what_is_not_its_to_use_is_caught(string path, string used) =>
        Assert.Equal([$"{path} uses {used}"], FolderPurity.Breaches([new SourceFile(path, $"using {used};")]));

    [Theory]
    [InlineData("src/Workflows/Kernel/Now.cs", "Definitions.Planted.Do(); var at = new List<string>().Where(text => text.Length > 2).ToImmutableArray();")]
    [InlineData("src/Workflows/Storage/Now.cs", "Kernel.Planted.Do(); Task.Yield(); File.Exists(\"a\"); var at = TimeProvider.System;")]
    [InlineData("src/Activities/Funds/Now.cs", "Planted.Do(); Task.Yield();")]
    [InlineData("src/Activities/Orders/Now.cs", "Relief.Flow.Activities.Funds.Planted.Do();")]
    [InlineData("src/Host/Console/Now.cs", "Relief.Flow.Workflows.Runtime.Planted.Do(); Relief.Flow.Activities.Orders.Planted.Do(); Results.Ok();")]
    public void A_folder_that_keeps_to_the_table_passes(string path, string statement)
    {
        var source = Source(path, $"public static class Now {{ public static void Do() {{ {statement} }} }}");

        Assert.Empty(FolderPurity.Breaches([.. Planted(), source with { Text = "using System.Collections.Immutable;\n" + source.Text }]));
    }

    [Fact]
    public void What_is_too_long_or_too_wide_is_caught()
    {
        var lines = string.Concat(Enumerable.Repeat("\n        ;", Sizes.MethodLines));
        Assert.Contains("has 43 lines", Caught(Sizes.Breaches, $"class A {{\n    void Long()\n    {{{lines}\n    }}\n}}"));
        Assert.Contains("A is constructed from 6", Caught(Sizes.Breaches, "class A { A(int a, int b, int c, int d, int e, int f) { } }"));
        Assert.Contains("A is constructed from 6", Caught(Sizes.Breaches, "class A(int a, int b, int c, int d, int e, int f);"));
        Assert.Contains("has 301 lines", Caught(Sizes.Breaches, new string('\n', Sizes.FileLines) + "class A;"));

        Assert.Empty(Sizes.Breaches([new SourceFile("src/A.cs", "record A(int A1, int B, int C, int D, int E, int F);" + new string('\n', 400))]));
    }

    [Theory]
    [InlineData("class OrderManager;")]
    [InlineData("interface IOrderService;")]
    [InlineData("enum DefaultOrder;")]
    [InlineData("delegate void OrderHandler();")]
    [InlineData("class A { record OrderUtils; }")]
    public void A_name_that_names_no_duty_is_caught(string source) => Assert.Contains("says '", Caught(TypeNames.Breaches, source));

    [Fact]
    public void A_word_that_only_contains_a_banned_one_passes() =>
        Assert.Empty(TypeNames.Breaches([new SourceFile("src/A.cs", "class ReliefDatabase; class Defaulted; record ServiceItem; static class WorkflowsServiceCollectionExtensions;")]));

    [Theory]
    [InlineData("src/Host/A.cs", "namespace Relief.Flow.Host; sealed class A; sealed class B;", "several types: A, B")]
    [InlineData("src/Host/A.cs", "namespace Relief.Flow.Host; sealed class B;", "not named like its type B")]
    [InlineData("src/Host/Models/A.cs", "namespace Relief.Flow.Host.Models; sealed class A;", "folder of a kind")]
    [InlineData("src/Host/Console/A.cs", "namespace Relief.Flow.Host; sealed class A;", "belongs to Relief.Flow.Host.Console")]
    [InlineData("src/Host/A.cs", "namespace Relief.Flow.Host; class A;", "A is not sealed")]
    public void A_type_out_of_its_place_is_caught(string path, string text, string message) =>
        Assert.Contains(message, Assert.Single(TypesAndFiles.Breaches([new SourceFile(path, text)])));

    [Fact]
    public void A_family_of_records_may_share_a_file() =>
        Assert.Empty(TypesAndFiles.Breaches([new SourceFile("src/Host/A.cs", "namespace Relief.Flow.Host; abstract record B; sealed record C : B; enum D; sealed class A { }")]));

    [Fact]
    public void An_interface_with_one_implementation_is_caught()
    {
        Assert.Contains("has 1 implementation", Assert.Single(Interfaces.Breaches([typeof(ILonely<>), typeof(OnlyOne)])));
        Assert.Empty(Interfaces.Breaches([typeof(ILonely<>), typeof(OnlyOne), typeof(AnotherOne)]));
        Assert.Contains(Interfaces.Breaches([.. typeof(List<>).GetInterfaces(), .. typeof(Dictionary<,>).GetInterfaces()]), breach => breach.Contains("interfaces:", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("async Task Save(int order) { }")]
    [InlineData("async Task Save(CancellationToken stop, int order) { }")]
    [InlineData("Task Save(CancellationToken stop, int order) => Task.CompletedTask;")]
    [InlineData("async IAsyncEnumerable<int> All() { }")]
    public void An_async_method_that_cannot_be_cancelled_is_caught(string method) => Assert.Contains("is async", Caught(Cancellation.Breaches, $"class A {{ {method} }}"));

    [Theory]
    [InlineData("async Task Save(int order, CancellationToken cancellationToken = default) { }")]
    [InlineData("async ValueTask DisposeAsync() { }")]
    [InlineData("async Task Save(CancellationToken cancellationToken, params int[] orders) { }")]
    [InlineData("Task<int> Complete(int order) => Task.FromResult(order);")]
    public void An_async_method_that_can_be_cancelled_passes(string method) => Assert.Empty(Cancellation.Breaches([new SourceFile("src/A.cs", $"class A {{ {method} }}")]));

    [Theory]
    [InlineData("// TODO later\nclass A;")]
    [InlineData("/// <summary>FIXME</summary>\nclass A;")]
    [InlineData("class A { int B() => throw new NotImplementedException(); }")]
    [InlineData("class A { int B() => throw new Exception(\"odd\"); }")]
    [InlineData("class A(IServiceProvider services);")]
    public void What_is_left_for_later_is_caught(string source)
    {
        Assert.Single(Unfinished.Breaches([new SourceFile("src/A.cs", source)]));
        Assert.Empty(Unfinished.Breaches([new SourceFile("src/A.cs", "// Mastodons\nclass A { string B = \"TODO\"; }")]));
        Assert.Single(Unfinished.BreachesInText([new SourceFile("src/a.sql", "-- TODO index")]));
    }

    [Theory]
    [InlineData("class A { [Fact(Skip = \"slow\")] public void B() { } }")]
    [InlineData("class A { void B() => Assert.Skip(\"no database\"); }")]
    [InlineData("class A { void B() => Thread.Sleep(5); }")]
    [InlineData("class A { async Task B() => await Task.Delay(5); }")]
    public void A_test_that_is_skipped_or_sleeps_is_caught(string source) => Assert.Single(HonestTests.Breaches([new SourceFile("tests/A.cs", source)]));

    [Fact]
    public void A_definition_without_a_story_is_caught()
    {
        var story = new SourceFile("tests/Pathways/A.cs", "class A { [Fact] public void B() => Tell(\"quick-claim\"); }");
        var talk = new SourceFile("tests/Pathways/C.cs", "class C { void B() => Tell(\"slow-claim\"); }");

        Assert.Equal(["definitions/slow-claim.json is named by no test class"], DefinitionsTold.Breaches(["definitions/quick-claim.json", "definitions/slow-claim.json"], [story, talk]));
    }

    [Theory]
    [InlineData("abstract class A { [Fact] [Trait(\"Proves\", \"E07\")] public void B() { } class OnSqlite : A; class OnPostgres : A; }", "SC-35 is proven by no test")]
    [InlineData("abstract class SC35 { [Fact] public void B() { } class OnSqlite : SC35; class OnPostgres : SC35; }", "E07 is proven by no test")]
    [InlineData("abstract class SC35 { [Trait(\"Proves\", \"E07\")] public void B() { } [Fact] public void C() { } class OnSqlite : SC35; class OnPostgres : SC35; }", "E07 is proven by no test")]
    [InlineData("[Trait(\"Proves\", \"E07\")] abstract class SC35 { [Fact] public void B() { } class OnSqlite : SC35; }", "E07 is proven on one database only, SC-35 is proven on one database only")]
    [InlineData("[Trait(\"Proves\", \"E07\")] abstract class A : PathwayStory; class OnSqlite : A; class OnPostgres : A; class B { [Fact] public void SC_35_is_played() { } }", "SC-35 is proven on one database only")]
    [InlineData("[Trait(\"Proves\", \"E07\")] abstract class SC35 { [Fact] public void INV_05_holds() { } class OnSqlite : SC35; class OnPostgres : SC35; }", "")]
    public void A_number_that_no_test_proves_is_caught(string source, string caught) => Assert.Equal(
        caught + (source.Contains("INV_05", StringComparison.Ordinal) ? "" : ", INV-05 is proven by no test"),
        string.Join(", ", NumbersProven.Breaches(["E07", "SC-35", "INV-05"], [new SourceFile("tests/A.cs", source)])));

    [Fact]
    public void A_walk_through_files_that_are_not_there_or_too_many_is_caught()
    {
        const string timer = "## A timer, file by file\n1. `TimerWorker.cs`\n";
        var many = string.Join(' ', Enumerable.Range(1, 13).Select(number => $"`F{number}.cs`"));
        string[] files = ["src/Workflows/Runtime/Flows.cs", "src/Workflows/Runtime/TimerWorker.cs", .. Enumerable.Range(1, 13).Select(number => $"src/F{number}.cs")];

        Assert.Equal(2, Locality.Breaches("# Relief.Flow", files).Count());
        Assert.Contains("names gone.sql", Assert.Single(Locality.Breaches($"## A start request, file by file\n`Runtime/Flows.cs` [x](gone.sql)\n{timer}", files)));
        Assert.Contains("names 13 files", Assert.Single(Locality.Breaches($"## A start request, file by file\n{many}\n{timer}", files)));
        Assert.Contains("names 0 files", Assert.Single(Locality.Breaches($"## A start request, file by file\n{timer}", files)));
        Assert.Empty(Locality.Breaches($"## A start request, file by file\n`Runtime/Flows.cs`\n{timer}", files));
        Assert.Empty(Locality.Breaches(null, files));
    }

    [Fact]
    public void An_exemption_covers_its_breach_and_goes_stale_with_it()
    {
        Exemptions.Exemption[] granted = [new("src/A.cs Long", "One table, read as one; cut it and nobody can."), new("src/B.cs", "")];

        Assert.Equal(["src/C.cs x"], Exemptions.Unexcused(["src/A.cs Long has 41 lines", "src/C.cs x"], granted));
        Assert.Equal(["src/B.cs"], Exemptions.Stale(["src/A.cs Long has 41 lines", "src/B.cs y"], granted));
    }

    private static string Caught(Func<IEnumerable<SourceFile>, IEnumerable<string>> gate, string source) => Assert.Single(gate([new SourceFile("src/Host/A.cs", source)]));

    private static SourceFile Source(string path, string text) =>
        new(path, $"namespace Relief.Flow.{string.Join('.', path.Split('/')[1..^1])};\n{text}");

    private static IEnumerable<SourceFile> Planted() =>
        new[] { "Workflows/Definitions", "Workflows/Kernel", "Workflows/Runtime", "Workflows/Storage/Postgres", "Activities/Funds", "Activities/Orders" }
            .Select(folder => Source($"src/{folder}/Planted.cs", "public static class Planted { public static void Do() { } }"));

    private interface ILonely<T>;

    private sealed class OnlyOne : ILonely<int>;

    private sealed class AnotherOne : ILonely<string>;
}
