package org.stoa.tenancy;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Clock;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.EnableTransactionManagement;

/**
 * The two ways to the database, and the migration before either is used. The primary data source,
 * client and transaction manager are the bound ones.
 */
@Configuration(proxyBeanMethods = false)
@EnableTransactionManagement
@EnableConfigurationProperties(DatabaseSettings.class)
class DatabaseConfiguration {
    @Bean(initMethod = "migrate")
    Flyway flyway(DatabaseSettings settings) {
        var owner = settings.owner();
        return migrations(settings.url(), owner.username(), owner.password()).load();
    }

    // A function may set only parameters that its session knows, and at an upgrade the migration
    // that says so is the session's first.
    static FluentConfiguration migrations(String url, String owner, String password) {
        return Flyway.configure()
                .dataSource(url, owner, password)
                .initSql(
                        """
                        do $$ begin
                            if exists (select from pg_extension where extname = 'pg_trgm') then
                                perform public.similarity('', '');
                            end if;
                        end $$
                        """)
                .locations("classpath:db/migration");
    }

    @Bean(destroyMethod = "close")
    @DependsOn("flyway")
    HikariDataSource appPool(DatabaseSettings settings) {
        return pool("app", settings.url(), settings.app(), settings.appConnections());
    }

    @Bean(destroyMethod = "close")
    @DependsOn("flyway")
    HikariDataSource servicePool(DatabaseSettings settings) {
        return pool("service", settings.url(), settings.service(), settings.serviceConnections());
    }

    @Bean
    @Primary
    DataSource boundDataSource(@Qualifier("appPool") HikariDataSource appPool) {
        return new BoundDataSource(appPool, appPool.getMaximumPoolSize());
    }

    @Bean
    @Primary
    PlatformTransactionManager transactionManager(
            @Qualifier("boundDataSource") DataSource boundDataSource) {
        return new JdbcTransactionManager(boundDataSource);
    }

    @Bean
    @Primary
    JdbcClient jdbcClient(@Qualifier("boundDataSource") DataSource boundDataSource) {
        return JdbcClient.create(boundDataSource);
    }

    @Bean
    ServiceDatabase serviceDatabase(@Qualifier("servicePool") HikariDataSource servicePool) {
        return new ServiceDatabase(servicePool);
    }

    @Bean
    DatabaseHealth databaseHealthIndicator(
            @Qualifier("servicePool") HikariDataSource servicePool, Clock clock) {
        return new DatabaseHealth(servicePool, clock);
    }

    private static HikariDataSource pool(
            String name, String url, DatabaseSettings.Login login, int size) {
        var pool = new HikariDataSource();
        pool.setPoolName(name);
        pool.setJdbcUrl(url);
        pool.setUsername(login.username());
        pool.setPassword(login.password());
        pool.setMaximumPoolSize(size);
        pool.setMinimumIdle(1);
        pool.setConnectionTimeout(3_000);
        pool.addDataSourceProperty("prepareThreshold", 2);
        pool.addDataSourceProperty("preparedStatementCacheQueries", 512);
        pool.addDataSourceProperty("ApplicationName", "stoa-" + name);
        pool.addDataSourceProperty("stringtype", "unspecified");
        pool.addDataSourceProperty("reWriteBatchedInserts", false);
        return pool;
    }
}
