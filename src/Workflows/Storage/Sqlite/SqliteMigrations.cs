using System.Globalization;
using System.Reflection;

namespace Relief.Flow.Workflows.Storage.Sqlite;

/// <summary>Applies the numbered SQL files that a database has not seen yet. They are never edited after a release.</summary>
internal static class SqliteMigrations
{
    private const string Prefix = "Relief.Flow.Workflows.Storage.Sqlite.";

    public static void Apply(SqliteSession session)
    {
        session.Do("create table if not exists flow_migration (number integer primary key, name text not null, at integer not null) strict");
        var assembly = typeof(SqliteMigrations).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(IsMigration).Order(StringComparer.Ordinal))
        {
            var number = int.Parse(name.AsSpan(Prefix.Length, 4), CultureInfo.InvariantCulture);
            if (session.Exists("select 1 from flow_migration where number = $1", number))
            {
                continue;
            }

            session.Do(Text(assembly, name));
            session.Do("insert into flow_migration values ($1, $2, $3)", number, name[Prefix.Length..], session.LeaseNow);
        }
    }

    private static bool IsMigration(string resource) =>
        resource.StartsWith(Prefix, StringComparison.Ordinal) && resource.Length > Prefix.Length && char.IsAsciiDigit(resource[Prefix.Length]);

    private static string Text(Assembly assembly, string resource)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd();
    }
}
